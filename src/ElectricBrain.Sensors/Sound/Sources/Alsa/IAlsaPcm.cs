namespace ElectricBrain.Sensors.Sound.Sources.Alsa;

/// <summary>An open capture of ALSA. Results are as libasound has them: negative ones are Linux error numbers.</summary>
internal interface IAlsaPcm : IDisposable
{
    /// <summary>How samples are stored.</summary>
    SoundEncoding Encoding { get; }

    /// <summary>Reads what is there without waiting; frames, or an error, <see cref="AlsaError.Again"/> when there is nothing.</summary>
    int Read(Span<byte> buffer, int frames);

    /// <summary>Prepares the capture after an error and starts it.</summary>
    int Recover(int error);

    /// <summary>The text of an error.</summary>
    string Describe(int error);
}
