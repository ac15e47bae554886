namespace ElectricBrain.Sensors.Devices;

/// <summary>Checks of settings that the chips' drivers share.</summary>
internal static class SettingsGuard
{
    /// <exception cref="ArgumentException">The value is none of the enumeration's.</exception>
    public static void ThrowIfUndefined<TEnum>(TEnum value, string name)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentException($"{name} has the undefined value {value}. Use one of {string.Join(", ", Enum.GetNames<TEnum>())}.");
        }
    }
}
