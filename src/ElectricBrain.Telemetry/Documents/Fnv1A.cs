namespace ElectricBrain.Telemetry.Documents;

/// <summary>
/// FNV-1a of 64 bits, for what is not secret. A hash of the crypto library would load OpenSSL, 4 MB on a small board.
/// </summary>
internal static class Fnv1A
{
    public static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var one in bytes)
        {
            hash = unchecked((hash ^ one) * 1099511628211UL);
        }

        return hash;
    }
}
