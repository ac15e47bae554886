using System.Buffers.Binary;
using System.Text;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>Finds the GPIO chip of another machine's header, by the same names as on this one.</summary>
internal static class RgpiodGpioChip
{
    private const int NameLength = 32;
    private const int InfoLength = sizeof(int) + 2 * NameLength;

    /// <summary>Beyond any number that a Raspberry Pi has given to a chip.</summary>
    private const int Candidates = 24;

    /// <param name="connection">To rgpiod.</param>
    /// <param name="number">The chip to use; null for that of the header.</param>
    /// <param name="lines">How many pins it has.</param>
    /// <exception cref="SensorException">rgpiod cannot be reached or cannot open the chip, or the machine has no such chip.</exception>
    public static RgpiodHandle Open(RgpiodConnection connection, int? number, out int lines)
    {
        if (number is { } named)
        {
            var handle = HandleOf(connection, named);
            lines = Ask(connection, handle, named).Lines;
            return handle;
        }

        var chips = new List<GpioChip>();
        var (forbidden, missing) = (default(SensorException), default(SensorException));
        for (var candidate = 0; candidate < Candidates; candidate++)
        {
            var handle = HandleOf(connection, candidate);
            try
            {
                var chip = Ask(connection, handle, candidate);
                if (HeaderGpio.IsHeader(chip))
                {
                    lines = chip.Lines;
                    return handle;
                }

                chips.Add(chip);
                connection.Close(handle);
            }
            catch (SensorException exception) when (exception.Fault == SensorFault.PermissionDenied)
            {
                forbidden ??= exception;
            }
            catch (SensorException exception) when (exception.Fault == SensorFault.BusMissing)
            {
                missing ??= exception;
            }
        }

        throw chips.Count == 0 && missing is null
            ? forbidden!
            : new SensorException(
                SensorFault.BusMissing,
                $"{connection.Name} does not show the GPIO chip of a Raspberry Pi's header: {(chips.Count == 0 ? "it can open none" : $"found {string.Join(", ", chips)}")}. Let its user open the device there (group 'gpio'), or name another board's chip ({nameof(RgpiodHeaderOptions)}.{nameof(RgpiodHeaderOptions.GpioChip)}).",
                innerException: forbidden ?? missing);
    }

    private static RgpiodHandle HandleOf(RgpiodConnection connection, int number) => new(
        RgpiodMessage.Of(RgpiodCommand.ChipOpen, [number]),
        RgpiodCommand.ChipClose,
        status => RgpiodFailure.NotOpened(
            connection.Name,
            status,
            $"/dev/gpiochip{number}",
            $"[gpio] default={number}.2-27",
            "Check it there with 'gpiodetect', and let rgpiod's user open it (group 'gpio')."));

    private static GpioChip Ask(RgpiodConnection connection, RgpiodHandle handle, int number)
    {
        connection.Open(handle);
        Span<byte> info = stackalloc byte[InfoLength];
        var status = connection.Query(handle, RgpiodMessage.Of(RgpiodCommand.ChipInfo, [0]), info, out var length);
        if (status != InfoLength || length != InfoLength)
        {
            throw connection.Unexpected(RgpiodCommand.ChipInfo, status, length);
        }

        var label = info.Slice(sizeof(int) + NameLength, NameLength);
        var end = label.IndexOf((byte)0);
        return new GpioChip(number, Encoding.UTF8.GetString(end < 0 ? label : label[..end]), BinaryPrimitives.ReadInt32LittleEndian(info));
    }
}
