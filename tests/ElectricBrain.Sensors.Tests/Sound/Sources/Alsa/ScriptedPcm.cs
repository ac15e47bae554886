using ElectricBrain.Sensors.Sound;
using ElectricBrain.Sensors.Sound.Sources.Alsa;

namespace ElectricBrain.Sensors.Tests.Sound.Sources.Alsa;

/// <summary>A capture that answers what a test says; when nothing is left, that there is nothing yet.</summary>
internal sealed class ScriptedPcm(params int[] answers) : IAlsaPcm
{
    private readonly Queue<int> _answers = new(answers);

    public SoundEncoding Encoding { get; init; } = SoundEncoding.S32;

    public int RecoveryResult { get; init; }

    public List<int> Recovered { get; } = [];

    public bool IsDisposed { get; private set; }

    public int Read(Span<byte> buffer, int frames) => _answers.TryDequeue(out var answer) ? Math.Min(answer, frames) : AlsaError.Again;

    public int Recover(int error)
    {
        Recovered.Add(error);
        return RecoveryResult;
    }

    public string Describe(int error) => $"error {error}";

    public void Dispose() => IsDisposed = true;
}
