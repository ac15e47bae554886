using ElectricBrain.Sensors.Devices.Mics6814;

namespace ElectricBrain.Samples.SensorAgent.Documents;

/// <summary>One element of the gas sensor as JSON.</summary>
/// <param name="Ohms">Its resistance.</param>
/// <param name="Ratio">Its resistance relative to that in clean air; null without a calibration.</param>
/// <param name="IndicativePpm">The concentration if its usual gas alone were there: CO, NO2 or NH3.</param>
internal sealed record GasElementDocument(double? Ohms, double? Ratio, double? IndicativePpm)
{
    public GasElementDocument(Mics6814Element element, double? indicativePpm)
        : this(element.Ohms, element.Ratio, indicativePpm)
    {
    }
}
