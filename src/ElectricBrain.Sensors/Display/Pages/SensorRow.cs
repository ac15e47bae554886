using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>The health of a sensor, by the clock of the pages: how long it lasts does not change when the time of day is set.</summary>
internal sealed class SensorRow(string name)
{
    private SensorHealth _health;
    private TimeSpan _since;

    public string Name => name;

    public SensorState State => _health.State;

    /// <summary>Why there are no values.</summary>
    public Absence Absence => Absence.Of(_health.State, _health.Fault);

    /// <summary>Takes the health that a reading tells.</summary>
    public void Take(TimeSpan now, in SensorHealth health, DateTimeOffset timestamp)
    {
        if (health.State != _health.State || health.Since != _health.Since)
        {
            var age = timestamp - health.Since;
            _since = age > TimeSpan.Zero ? now - age : now;
        }

        _health = health;
    }

    /// <summary>How long the state lasts.</summary>
    public TimeSpan Age(TimeSpan now) => now - _since;
}
