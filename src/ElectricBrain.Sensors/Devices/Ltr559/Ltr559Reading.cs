namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>What an LTR-559 sees. A quantity that cannot be trusted now is null.</summary>
/// <param name="IlluminanceLux">Illuminance in lx; null while the gain changes and when the light is beyond the range.</param>
/// <param name="ProximityCounts">Reflected infrared light, 0 to 2047, larger is nearer; null when not measured or saturated.</param>
/// <param name="IsProximitySaturated">Whether ambient light blinds the proximity sensor.</param>
/// <param name="Gain">The gain that the illuminance was measured with.</param>
/// <param name="IsLightInterruptActive">Whether the light is outside <see cref="Ltr559Interrupt.Light"/>.</param>
/// <param name="IsProximityInterruptActive">Whether the proximity is outside <see cref="Ltr559Interrupt.Proximity"/>.</param>
public readonly record struct Ltr559Reading(
    double? IlluminanceLux,
    int? ProximityCounts,
    bool IsProximitySaturated,
    Ltr559Gain Gain,
    bool IsLightInterruptActive = false,
    bool IsProximityInterruptActive = false);
