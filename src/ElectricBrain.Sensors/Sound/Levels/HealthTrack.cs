using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Sound.Levels;

/// <summary>The health of a microphone over time: a state has its start, and a fault that stays keeps it.</summary>
internal sealed class HealthTrack(TimeProvider timeProvider)
{
    public SensorHealth Current { get; private set; } = new(SensorState.WarmingUp, timeProvider.GetUtcNow());

    public void Succeed()
    {
        if (Current.State != SensorState.Ok)
        {
            Current = new SensorHealth(SensorState.Ok, timeProvider.GetUtcNow());
        }
    }

    public void Fail(SensorFault fault, string message)
    {
        var since = Current.State == SensorState.Failed ? Current.Since : timeProvider.GetUtcNow();
        Current = new SensorHealth(SensorState.Failed, since, fault, message);
    }
}
