namespace ElectricBrain.Sensors.Enviro;

/// <summary>How often the sensors of a hat are read, from 10 ms to one day. A sensor with null is not.</summary>
public sealed class EnviroSamplerOptions
{
    internal static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>From one sample of temperature, humidity and pressure to the next.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan? Bme280 { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>From one sample of illuminance and proximity to the next; 100 to 200 ms sees a hand that taps.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan? Ltr559 { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>From one sample of the gases to the next.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan? Mics6814 { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>From one sample of the particles to the next. In steady air their sensor measures every 2.3 s.</summary>
    /// <value>Default 2.3 s.</value>
    public TimeSpan? Pms5003 { get; set; } = TimeSpan.FromSeconds(2.3);

    /// <summary>From one look at the sound levels to the next; best as long as the interval that they are measured over.</summary>
    /// <value>Default 1 s.</value>
    public TimeSpan? Microphone { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Lets every sensor be read at the same ticks.</summary>
    public void SetAll(TimeSpan? interval) => Bme280 = Ltr559 = Mics6814 = Pms5003 = Microphone = interval;

    /// <exception cref="ArgumentException">The options cannot be used; the message has all that is wrong with them.</exception>
    internal void Validate()
    {
        var problems = EnviroSamplerOptionsValidator.ProblemsOf(this);
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', problems));
        }
    }
}
