using System.Buffers.Text;

namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>The processor's thermometer: the kernel's first thermal zone, in thousandths of a degree.</summary>
internal static class LinuxThermalZone
{
    public const string CpuPath = "/sys/class/thermal/thermal_zone0/temp";

    /// <returns>Null where the machine has no such zone, or it cannot be read now.</returns>
    public static double? ReadCelsius(string path = CpuPath)
    {
        try
        {
            Span<byte> text = stackalloc byte[16];
            using var file = File.OpenHandle(path);
            var length = RandomAccess.Read(file, text, 0);
            return Utf8Parser.TryParse(text[..length], out int thousandths, out _) ? thousandths / 1000.0 : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
