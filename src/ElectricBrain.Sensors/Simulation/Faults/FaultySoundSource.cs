using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Sources;

namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>A microphone that fails as a plan says.</summary>
internal sealed class FaultySoundSource(ISoundSource source, FaultPlan plan) : ISoundSource
{
    private const string Target = "sound";

    private FaultPlan.OngoingFault _ongoing;
    private long _gaps;

    public string Name => source.Name;

    public bool IsSimulated => source.IsSimulated;

    public long Gaps => source.Gaps + _gaps;

    public ValueTask<SoundFormat> OpenAsync(CancellationToken cancellationToken = default) => plan.IsOngoing(_ongoing, FaultKind.SoundUnplugged)
        ? throw new SensorException(SensorFault.BusMissing, $"The {Name} is not plugged in.")
        : source.OpenAsync(cancellationToken);

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        switch (plan.Draw(FaultKind.SoundOverrun, FaultKind.SoundSilence, Target))
        {
            case FaultKind.SoundOverrun:
                _gaps++;
                return await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            case FaultKind.SoundUnplugged:
                _ongoing = plan.Prolong();
                throw new SensorException(SensorFault.NoAnswer, $"The {Name} was unplugged.");
            case FaultKind.SoundSilence:
                _ongoing = plan.Prolong();
                break;
        }

        if (plan.IsOngoing(_ongoing, FaultKind.SoundSilence))
        {
            buffer.Span[..count].Clear();
        }

        return count;
    }

    public void Dispose() => source.Dispose();
}
