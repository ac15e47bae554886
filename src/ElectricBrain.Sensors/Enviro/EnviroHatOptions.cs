using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Buses.Rgpiod;
using ElectricBrain.Sensors.Climate;
using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Sensors.Sound.Levels;
using ElectricBrain.Sensors.Sound.Sources.Alsa;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>Where an Enviro hat is, what it has and how it measures.</summary>
public sealed class EnviroHatOptions
{
    /// <summary>Which devices of this machine the hat sits on.</summary>
    public LocalHeaderOptions Header { get; set; } = new();

    /// <summary>The other machine that the hat sits on, which runs rgpiod.</summary>
    /// <value>Default null: the hat is on this machine.</value>
    public RgpiodHeaderOptions? RemoteHeader { get; set; }

    /// <summary>The model of the hat: with <see cref="EnviroBoard.EnviroPlus"/> a gas sensor that does not answer is a fault.</summary>
    /// <value>Default null: an Enviro+ if its converter of the gas sensor answers, else an Enviro mini.</value>
    public EnviroBoard? Board { get; set; }

    /// <summary>The address of the BME280.</summary>
    /// <value>Default <see cref="Bme280Sensor.DefaultAddress"/>; a breakout may have <see cref="Bme280Sensor.AlternateAddress"/>.</value>
    public int Bme280Address { get; set; } = Bme280Sensor.DefaultAddress;

    /// <summary>How temperature, humidity and pressure are measured.</summary>
    public Bme280Settings Bme280 { get; set; } = new();

    /// <summary>How illuminance and proximity are measured.</summary>
    public Ltr559Settings Ltr559 { get; set; } = new();

    /// <summary>How gases are measured, on an Enviro+; null leaves the gas sensor and its heater off.</summary>
    public Mics6814Settings? Mics6814 { get; set; } = new();

    /// <summary>How particles are measured, where a PMS5003 is plugged in.</summary>
    /// <value>Default null: none is.</value>
    public Pms5003Settings? Pms5003 { get; set; }

    /// <summary>How sound is measured. The hat then listens all the time.</summary>
    /// <value>Default null: the microphone is not used.</value>
    public SoundLevelMeterOptions? Sound { get; set; }

    /// <summary>ALSA's name of the microphone.</summary>
    /// <value>Default <see cref="AlsaSoundSource.EnviroDevice"/>.</value>
    public string MicrophoneDevice { get; set; } = AlsaSoundSource.EnviroDevice;

    /// <summary>How the heat of the computer is taken off the temperature, for this one place and hat.</summary>
    /// <value>Default null: the temperature of the BME280 is shown as it is.</value>
    public HeatCompensation? HeatCompensation { get; set; }

    /// <summary>The altitude of the hat above sea level in m, for <see cref="EnviroReading.SeaLevelPressurePascals"/>.</summary>
    /// <value>Default null: there is no such pressure.</value>
    public double? AltitudeMetres { get; set; }

    /// <summary>Uses simulated chips in place of the hat; every reading is marked as simulated.</summary>
    /// <value>Default false.</value>
    public bool Simulate { get; set; }

    /// <exception cref="ArgumentException">The options cannot be used; the message has all that is wrong with them.</exception>
    internal void Validate()
    {
        var problems = EnviroHatOptionsValidator.ProblemsOf(this);
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', problems));
        }
    }
}
