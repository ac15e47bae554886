using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Simulation.Scenes;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>The analogue side of a simulated BME280: conditions in, a raw frame out, through resolution and filter.</summary>
internal struct Bme280Conversion(Bme280Calibration calibration)
{
    /// <summary>Measurements after which the strongest filter has forgotten what was before.</summary>
    public const int FilterMemory = 128;

    private double? _filteredTemperature;
    private double? _filteredPressure;

    public Bme280Frame Frame { get; private set; } = new(Bme280Frame.Unmeasured20, Bme280Frame.Unmeasured20, Bme280Frame.Unmeasured16);

    /// <summary>The time that a measurement typically takes (BME280 datasheet, appendix B).</summary>
    public static TimeSpan TypicalTime(Bme280Settings settings) => TimeSpan.FromMilliseconds(
        1
        + 2 * Conversions(settings.Temperature)
        + (settings.Pressure == Bme280Oversampling.Skip ? 0 : 2 * Conversions(settings.Pressure) + 0.5)
        + (settings.Humidity == Bme280Oversampling.Skip ? 0 : 2 * Conversions(settings.Humidity) + 0.5));

    public void Run(EnviroConditions conditions, Bme280Settings settings)
    {
        var temperature = Bme280Inversion.Temperature(conditions.TemperatureCelsius, calibration);
        var shownTemperature = Show(temperature, settings.Temperature, settings.Filter, ref _filteredTemperature);

        // The driver compensates with the temperature that is shown, so the others are inverted with it.
        var fine = Bme280Compensation.FineTemperature(settings.Temperature == Bme280Oversampling.Skip ? temperature : shownTemperature, calibration);
        var pressure = Bme280Inversion.Pressure(conditions.PressurePascals, fine, calibration);
        Frame = new Bme280Frame(
            Show(pressure, settings.Pressure, settings.Filter, ref _filteredPressure),
            shownTemperature,
            settings.Humidity == Bme280Oversampling.Skip
                ? Bme280Frame.Unmeasured16
                : Bme280Inversion.Humidity(conditions.RelativeHumidityPercent, fine, calibration));
    }

    private static int Show(int raw, Bme280Oversampling oversampling, Bme280Filter filter, ref double? filtered)
    {
        if (oversampling == Bme280Oversampling.Skip)
        {
            filtered = null;
            return Bme280Frame.Unmeasured20;
        }

        if (filter != Bme280Filter.Off)
        {
            var coefficient = 1 << (int)filter;
            filtered = filtered is { } previous ? (previous * (coefficient - 1) + raw) / coefficient : raw;
            return (int)Math.Round(filtered.Value);
        }

        // Without the filter the resolution is 16 bits and one more for each doubling of the oversampling (datasheet, section 3.4).
        filtered = raw;
        var step = 1 << (5 - (int)oversampling);
        return Math.Min((raw + step / 2) / step * step, (1 << 20) - step);
    }

    private static int Conversions(Bme280Oversampling oversampling) => oversampling == Bme280Oversampling.Skip ? 0 : 1 << ((int)oversampling - 1);
}
