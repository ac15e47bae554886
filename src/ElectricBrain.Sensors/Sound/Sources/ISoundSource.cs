using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Sound.Sources;

/// <summary>Where sound comes from: a microphone, a file, a simulation. Used by one caller at a time.</summary>
public interface ISoundSource : IDisposable
{
    /// <summary>What the source is, for messages: "ALSA device hw:1".</summary>
    string Name { get; }

    /// <summary>Whether the sound is made up.</summary>
    bool IsSimulated { get; }

    /// <summary>How often samples were lost, since the source was created. Between two reads that see it change, time is missing.</summary>
    long Gaps { get; }

    /// <summary>Starts the source, also again after a fault.</summary>
    /// <returns>The format of what is read.</returns>
    /// <exception cref="SensorException">The device is missing, forbidden or in use; it may be there later.</exception>
    ValueTask<SoundFormat> OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads what is there, waiting for at least one frame.</summary>
    /// <param name="buffer">Receives whole frames; holds at least one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The bytes that were read; zero at the end of the sound.</returns>
    /// <exception cref="SensorException">The device failed. The source can be opened again.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);
}
