namespace ElectricBrain.Telemetry.Clock;

/// <summary>What the operating system knows of its clock; tests put machines without a battery here.</summary>
internal interface IClockAuthority
{
    /// <summary>The boot of the machine; null where boots have no name, and nothing can be dated later.</summary>
    Guid? Boot { get; }

    /// <summary>Whether the time of day can be believed.</summary>
    bool IsTrusted();
}
