using System.Net.Sockets;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>Errors that tell what to do on which of the two machines.</summary>
internal static class RgpiodFailure
{
    /// <summary>No connection came about.</summary>
    /// <param name="name">What the daemon is called.</param>
    /// <param name="host">Its host.</param>
    /// <param name="isConnected">Whether something accepted the connection.</param>
    /// <param name="exception">What happened.</param>
    public static SensorException Unreachable(string name, string host, bool isConnected, Exception exception)
    {
        var reason = (isConnected, exception, (exception as SocketException)?.SocketErrorCode) switch
        {
            (_, InvalidDataException, _) => $"is none: {exception.Message}. Check host and port (8889 unless rgpiod was started with -p).",
            (true, _, SocketError.TimedOut) => "accepts the connection and then is silent. Check the port, and restart rgpiod there ('sudo systemctl restart rgpiod').",
            (true, _, _) => "closes the connection at once. If rgpiod was started with -n ADDRESS, it must name this machine; else check the port.",
            (_, _, SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery) =>
                $"cannot be found: no address is known for the host '{host}'. Check its spelling, or give its address.",
            (_, _, SocketError.ConnectionRefused) =>
                "refuses the connection. Start it there ('sudo systemctl enable --now rgpiod'); with -l it listens to its own machine only, which takes an SSH tunnel.",
            (_, _, SocketError.TimedOut) => "does not answer. Check that the machine is on and that no firewall is in between.",
            _ => $"cannot be reached: {exception.Message.TrimEnd('.')}.",
        };
        return new SensorException(SensorFault.Unreachable, $"{name} {reason}", innerException: exception);
    }

    /// <summary>A connection that was good is no more: an error of this one transfer, which is worth repeating.</summary>
    public static IOException Broken(string name, Exception exception)
    {
        var reason = exception switch
        {
            InvalidDataException => $"broke the protocol: {exception.Message}",
            SocketException { SocketErrorCode: SocketError.TimedOut } => "did not answer in time",
            _ => $"has gone: {exception.Message.TrimEnd('.')}",
        };
        return new IOException($"{name} {reason}; the next transfer connects again", exception);
    }

    /// <summary>As <see cref="Broken"/>, for something that is not repeated.</summary>
    public static SensorException Gone(IOException broken) => new(SensorFault.Unreachable, $"{broken.Message}.", innerException: broken);

    /// <summary>Something on the other machine cannot be opened.</summary>
    /// <param name="name">What the daemon is called.</param>
    /// <param name="status">What it answered.</param>
    /// <param name="what">What was to be opened.</param>
    /// <param name="permit">The section and entry of its permits file that allow it.</param>
    /// <param name="remedy">What to check on that machine, where access control is not the reason.</param>
    /// <param name="busId">The I2C bus, if it is about one.</param>
    public static SensorException NotOpened(string name, int status, string what, string permit, string remedy, int? busId = null) =>
        status is RgpiodStatus.NoPermissions or RgpiodStatus.NotPermitted or RgpiodStatus.NoFileAccess
            ? new SensorException(
                SensorFault.PermissionDenied,
                $"{name} may not open {what}: it runs with access control (-x). Allow it in its 'permits' file ({permit}) and restart it.",
                busId)
            : new SensorException(SensorFault.BusMissing, $"{name} cannot open {what}: {RgpiodStatus.Describe(status)}. {remedy}", busId);
}
