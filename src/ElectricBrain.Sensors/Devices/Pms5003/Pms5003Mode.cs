namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>When a PMS5003 sends its values (Plantower manual, appendix II).</summary>
public enum Pms5003Mode
{
    /// <summary>By itself, every 2.3 s, or faster while the air changes.</summary>
    Active,

    /// <summary>When it is asked.</summary>
    Passive,
}
