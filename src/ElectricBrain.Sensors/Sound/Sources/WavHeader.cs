using System.Buffers.Binary;

namespace ElectricBrain.Sensors.Sound.Sources;

/// <summary>What precedes the samples of a WAV file (RIFF, Microsoft's Multimedia Programming Interface, 1991, and WAVEFORMATEXTENSIBLE).</summary>
/// <param name="Format">The format of the samples.</param>
/// <param name="DataLength">Bytes of samples that the file says it has; null when it was written without knowing.</param>
internal sealed record WavHeader(SoundFormat Format, long? DataLength)
{
    private const int ChunkHeaderLength = 8;
    private const int FormatLength = 16;
    private const int ExtensibleLength = 40;
    private const ushort PcmTag = 1;
    private const ushort FloatTag = 3;
    private const ushort ExtensibleTag = 0xFFFE;

    /// <summary>The rest of the identifiers of formats in extensible headers, after the tag.</summary>
    private static ReadOnlySpan<byte> TagSuffix => [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xAA, 0x00, 0x38, 0x9B, 0x71];

    /// <summary>Reads up to the first sample.</summary>
    /// <param name="stream">The file, at its start.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The file is no WAV file, or one whose samples cannot be used.</exception>
    public static async ValueTask<WavHeader> ReadAsync(Stream stream, string name, CancellationToken cancellationToken)
    {
        var buffer = new byte[ExtensibleLength];
        await ReadAsync(stream, buffer.AsMemory(0, 12), name, "its header", cancellationToken).ConfigureAwait(false);
        if (!buffer.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !buffer.AsSpan(8, 4).SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException($"{name} is not a WAV file: it does not start with RIFF and WAVE. Convert it, for example with 'ffmpeg -i FILE -c:a pcm_s24le FILE.wav'.");
        }

        SoundFormat? format = null;
        while (true)
        {
            await ReadAsync(stream, buffer.AsMemory(0, ChunkHeaderLength), name, format is null ? "its format ('fmt ' chunk)" : "its samples ('data' chunk)", cancellationToken).ConfigureAwait(false);
            var length = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(4));
            if (buffer.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                return new WavHeader(
                    format ?? throw new InvalidDataException($"{name} has its samples before their format: the file is damaged."),
                    length == uint.MaxValue ? null : length);
            }

            if (buffer.AsSpan(0, 4).SequenceEqual("fmt "u8))
            {
                var used = (int)Math.Min(length, ExtensibleLength);
                await ReadAsync(stream, buffer.AsMemory(0, used), name, "its format", cancellationToken).ConfigureAwait(false);
                format = ParseFormat(buffer.AsSpan(0, used), name);
                length -= (uint)used;
            }

            // Chunks are padded to an even length.
            await SkipAsync(stream, length + (length & 1L), cancellationToken).ConfigureAwait(false);
        }
    }

    private static SoundFormat ParseFormat(ReadOnlySpan<byte> chunk, string name)
    {
        if (chunk.Length < FormatLength)
        {
            throw new InvalidDataException($"{name} has a format ('fmt ' chunk) of {chunk.Length} bytes, which needs {FormatLength}: the file is damaged.");
        }

        var tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        var channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var sampleRate = BinaryPrimitives.ReadInt32LittleEndian(chunk[4..]);
        var frameLength = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (tag == ExtensibleTag && chunk.Length == ExtensibleLength && chunk[26..].SequenceEqual(TagSuffix))
        {
            tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        SoundEncoding encoding = (tag, bits) switch
        {
            (PcmTag, 16) => SoundEncoding.S16,
            (PcmTag, 24) => SoundEncoding.S24Packed,
            (PcmTag, 32) => SoundEncoding.S32,
            (FloatTag, _) => throw new InvalidDataException($"{name} has floating-point samples. Convert it to whole numbers, for example with 'ffmpeg -i FILE -c:a pcm_s24le FILE.wav'."),
            _ => throw new InvalidDataException($"{name} has samples of format {tag} with {bits} bits. Convert it to PCM of 16, 24 or 32 bits, for example with 'ffmpeg -i FILE -c:a pcm_s24le FILE.wav'."),
        };
        var format = new SoundFormat(encoding, channels, sampleRate);
        try
        {
            format.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{name} cannot be measured. {exception.Message}", exception);
        }

        if (frameLength != format.BytesPerFrame)
        {
            throw new InvalidDataException($"{name} says that a frame has {frameLength} bytes, but {channels} channels of {bits} bits have {format.BytesPerFrame}: the file is damaged.");
        }

        return format;
    }

    private static async ValueTask ReadAsync(Stream stream, Memory<byte> buffer, string name, string what, CancellationToken cancellationToken)
    {
        if (await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < buffer.Length)
        {
            throw new InvalidDataException($"{name} ends before {what}: the file is cut off or no WAV file.");
        }
    }

    private static async ValueTask SkipAsync(Stream stream, long length, CancellationToken cancellationToken)
    {
        var waste = new byte[Math.Min(length, 4096)];
        while (length > 0)
        {
            var read = await stream.ReadAsync(waste.AsMemory(0, (int)Math.Min(length, waste.Length)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            length -= read;
        }
    }
}
