using ElectricBrain.Sensors.Display.Pages;
using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Display.Dashboard;

/// <summary>The quantities and sensors of a hat: the one place that knows where a reading has which value.</summary>
internal sealed class EnviroSeries
{
    private readonly TimeSpan _slotLength;
    private readonly TimeSpan _staleAfter;
    private readonly Sensor _climate;
    private readonly Sensor _light;
    private readonly Sensor _gas;
    private readonly Sensor _particles;
    private readonly Sensor _sound;
    private readonly Sensor[] _sensors;

    public EnviroSeries(TimeSpan history, TimeSpan staleAfter)
    {
        _slotLength = history / Plot.Columns;
        _staleAfter = staleAfter;
        _climate = new Sensor("BME280", isFitted: true, Series(Measurands.Temperature), Series(Measurands.Humidity), Series(Measurands.Pressure));
        _light = new Sensor("LTR559", isFitted: true, Series(Measurands.Light));
        _gas = new Sensor("MICS6814", isFitted: false, Series(Measurands.Oxidising), Series(Measurands.Reducing), Series(Measurands.Ammonia));
        _particles = new Sensor("PMS5003", isFitted: false, Series(Measurands.Pm1), Series(Measurands.Pm25), Series(Measurands.Pm10));
        _sound = new Sensor("Microphone", isFitted: false, Series(Measurands.Sound));
        _sensors = [_climate, _light, _gas, _particles, _sound];
    }

    public Series Temperature => _climate.Series[0];

    public Series Humidity => _climate.Series[1];

    public Series Pressure => _climate.Series[2];

    public Series Light => _light.Series[0];

    public Series Sound => _sound.Series[0];

    public Series[] Gases => _gas.Series;

    public Series[] Particles => _particles.Series;

    public bool HasGas => _gas.IsFitted;

    public bool HasParticles => _particles.IsFitted;

    public bool HasSound => _sound.IsFitted;

    /// <summary>The sensors that the hat has.</summary>
    public IReadOnlyList<SensorRow> Rows => [.. _sensors.Where(static sensor => sensor.IsFitted).Select(static sensor => sensor.Row)];

    /// <summary>Takes a reading.</summary>
    /// <returns>Whether the hat turned out to have other sensors than before.</returns>
    public bool Take(TimeSpan now, in EnviroReading reading)
    {
        var changed = _climate.Take(now, reading.Bme280, reading.Timestamp)
            | _light.Take(now, reading.Ltr559, reading.Timestamp)
            | _gas.Take(now, reading.Mics6814, reading.Timestamp)
            | _particles.Take(now, reading.Pms5003, reading.Timestamp)
            | _sound.Take(now, reading.Microphone, reading.Timestamp);
        _climate.Take(now, 0, reading.TemperatureCelsius);
        _climate.Take(now, 1, reading.RelativeHumidityPercent);
        _climate.Take(now, 2, (reading.SeaLevelPressurePascals ?? reading.PressurePascals) / 100);
        _light.Take(now, 0, reading.IlluminanceLux);
        _gas.Take(now, 0, reading.Gas?.Oxidising.Ohms / 1_000);
        _gas.Take(now, 1, reading.Gas?.Reducing.Ohms / 1_000);
        _gas.Take(now, 2, reading.Gas?.Ammonia.Ohms / 1_000);
        _particles.Take(now, 0, reading.Particles?.Atmospheric.Pm1MicrogramsPerCubicMetre);
        _particles.Take(now, 1, reading.Particles?.Atmospheric.Pm25MicrogramsPerCubicMetre);
        _particles.Take(now, 2, reading.Particles?.Atmospheric.Pm10MicrogramsPerCubicMetre);
        _sound.Take(now, 0, reading.Sound?.A.Equivalent);
        return changed;
    }

    private Series Series(Measurand measurand) => new(measurand, Plot.Columns, _slotLength, _staleAfter);

    /// <summary>A sensor with its quantities.</summary>
    private sealed class Sensor(string name, bool isFitted, params Series[] series)
    {
        public Series[] Series => series;

        public SensorRow Row { get; } = new(name);

        public bool IsFitted { get; private set; } = isFitted;

        /// <summary>Takes the health; none means that there is no such sensor.</summary>
        public bool Take(TimeSpan now, SensorHealth? health, DateTimeOffset timestamp)
        {
            var wasFitted = IsFitted;
            IsFitted = health is not null;
            if (health is { } known)
            {
                Row.Take(now, known, timestamp);
            }

            return IsFitted != wasFitted;
        }

        public void Take(TimeSpan now, int index, double? value) => series[index].Take(now, value, Row.Absence);
    }
}
