using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// Something that rgpiod has opened for a connection: a bus address, a device, a port, a file. With the connection it is closed,
/// so that it is opened anew on the next one.
/// </summary>
/// <param name="open">The request that opens it.</param>
/// <param name="close">The command that closes it.</param>
/// <param name="explain">The error for a status that opening it can have.</param>
internal sealed class RgpiodHandle(RgpiodMessage open, RgpiodCommand close, Func<int, SensorException> explain)
{
    private readonly RgpiodMessage _close = RgpiodMessage.Of(close, [0]);
    private RgpiodSocket? _openedOn;

    /// <summary>How rgpiod calls it.</summary>
    public int Number { get; private set; }

    /// <summary>How many times it has been opened: what depended on an earlier one is gone.</summary>
    public int Openings { get; private set; }

    public bool IsOpenOn(RgpiodSocket socket) => _openedOn == socket;

    /// <exception cref="SensorException">rgpiod cannot open it.</exception>
    public void Open(RgpiodSocket socket)
    {
        var status = socket.Exchange(open, [], out _);
        if (status < 0)
        {
            throw explain(status);
        }

        Number = status;
        Openings++;
        _openedOn = socket;
    }

    public void Close(RgpiodSocket socket)
    {
        _openedOn = null;
        _close.Handle = Number;
        socket.Exchange(_close, [], out _);
    }

    /// <summary>rgpiod does not know it any more.</summary>
    public void Forget() => _openedOn = null;
}
