namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>Whether the readings are shown on the hat's display.</summary>
internal enum DisplayMode
{
    /// <summary>Where there is one. Its picture is at <c>/display.png</c> in any case.</summary>
    Auto,

    /// <summary>No, and there is no picture.</summary>
    Off,
}
