using System.Globalization;

namespace ElectricBrain.Benchmarks.Telemetry.Amplification;

/// <summary>The device under a directory, and the kernel's count of what was written to it, the file system's journal included.</summary>
internal sealed class BlockDevice
{
    private const int SectorBytes = 512; // the unit of the kernel's counters, whatever the device has
    private const int SectorsWritten = 6; // the seventh field (Documentation/block/stat.rst)

    private readonly string _counters;

    private BlockDevice(string counters) => _counters = counters;

    public static BlockDevice Of(string directory)
    {
        var path = Path.GetFullPath(directory);
        var mount = File.ReadLines("/proc/self/mountinfo")
            .Select(static line => line.Split(' '))
            .Where(fields => Path.GetRelativePath(fields[4], path) is var below && below != ".." && !below.StartsWith("../", StringComparison.Ordinal))
            .MaxBy(static fields => fields[4].Length)!;
        var counters = $"/sys/dev/block/{mount[2]}/stat";
        return File.Exists(counters)
            ? new BlockDevice(counters)
            : throw new NotSupportedException($"{path} lies on {mount[4]}, which is no block device that counts; choose a directory on a disk.");
    }

    public long BytesWritten() => SectorBytes * long.Parse(
        File.ReadAllText(_counters).Split(' ', StringSplitOptions.RemoveEmptyEntries)[SectorsWritten], CultureInfo.InvariantCulture);
}
