namespace ElectricBrain.Telemetry.Outbox;

/// <summary>
/// How long segments outlive their delivery. A disk that lies about a sync loses the last seconds before a power loss, of the outbox
/// and of a store beside it; what is delivered again after such a boot mends both.
/// </summary>
/// <param name="Bytes">The most bytes that are kept.</param>
/// <param name="Age">The longest time.</param>
/// <param name="BootId">Names the boot of the machine; null when it has no name, then nothing is ever replayed.</param>
internal sealed record OutboxGrace(long Bytes, TimeSpan Age, string? BootId)
{
    public static readonly OutboxGrace None = new(0, TimeSpan.Zero, null);

    /// <summary>The identifier that Linux gives each boot (random(4), <c>/proc/sys/kernel/random/boot_id</c>).</summary>
    public static string? ReadBootId()
    {
        try
        {
            return File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
