using System.Security.Cryptography;

namespace ElectricBrain.Swarm.Deployment;

/// <summary>A salted, slow fingerprint of a secret: it tells whether the content changed, and does not give the content away.</summary>
/// <remarks>PBKDF2 of RFC 8018. Whoever may read the label may also mount the secret itself into a service.</remarks>
internal static class SecretFingerprint
{
    private const int Iterations = 10_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    public static string Create(ReadOnlySpan<byte> content)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"v1.{Convert.ToBase64String(salt)}.{Convert.ToBase64String(Hash(content, salt))}";
    }

    /// <summary>Whether a fingerprint is of a content; null when it is none of ours.</summary>
    public static bool? Matches(string? fingerprint, ReadOnlySpan<byte> content)
    {
        if (fingerprint?.Split('.') is not ["v1", { } salt, { } hash])
        {
            return null;
        }

        var saltBytes = new byte[SaltBytes];
        var hashBytes = new byte[HashBytes];
        return Convert.TryFromBase64String(salt, saltBytes, out int saltLength) && saltLength == SaltBytes
            && Convert.TryFromBase64String(hash, hashBytes, out int hashLength) && hashLength == HashBytes
            ? CryptographicOperations.FixedTimeEquals(Hash(content, saltBytes), hashBytes)
            : null;
    }

    private static byte[] Hash(ReadOnlySpan<byte> content, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(content, salt, Iterations, HashAlgorithmName.SHA256, HashBytes);
}
