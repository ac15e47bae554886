using System.Buffers.Text;
using System.Text;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>The temperature of another machine's processor, a file that its kernel writes.</summary>
internal sealed class RgpiodThermalZone
{
    private const int ReadAccess = 1;
    private const int MaximumLength = 16;

    private readonly RgpiodConnection _connection;
    private readonly RgpiodHandle _handle;
    private readonly RgpiodMessage _seek = RgpiodMessage.Of(RgpiodCommand.FileSeek, [0, 0, 0]);
    private readonly RgpiodMessage _read = RgpiodMessage.Of(RgpiodCommand.FileRead, [0, MaximumLength]);

    public RgpiodThermalZone(RgpiodConnection connection, string path)
    {
        _connection = connection;
        _handle = new RgpiodHandle(
            RgpiodMessage.Of(RgpiodCommand.FileOpen, [ReadAccess], Encoding.UTF8.GetBytes(path + '\0')),
            RgpiodCommand.FileClose,
            status => RgpiodFailure.NotOpened(connection.Name, status, path, $"[files] default={path} r", "Check that the file is there."));
    }

    /// <returns>Null where rgpiod has no such file, or may not open it.</returns>
    /// <exception cref="SensorException">rgpiod cannot be reached.</exception>
    public double? ReadCelsius()
    {
        try
        {
            Span<byte> text = stackalloc byte[MaximumLength];
            if (_connection.Query(_handle, _seek, [], out _) < 0 || _connection.Query(_handle, _read, text, out var length) < 0)
            {
                return null;
            }

            // The kernel gives thousandths of a degree.
            return Utf8Parser.TryParse(text[..length], out int thousandths, out _) ? thousandths / 1_000.0 : null;
        }
        catch (SensorException exception) when (exception.Fault is SensorFault.BusMissing or SensorFault.PermissionDenied)
        {
            return null;
        }
    }
}
