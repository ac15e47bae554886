namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Addresses that cannot be used, in messages.</summary>
internal static class InvalidAddress
{
    /// <summary>Who gave it, and the address where it cannot hold a password.</summary>
    public static string Show(string source, string address) => address.Contains('@', StringComparison.Ordinal) ? source : $"{source} {address}";
}
