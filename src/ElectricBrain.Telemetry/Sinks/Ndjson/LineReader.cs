using ElectricBrain.Telemetry.Outbox;

namespace ElectricBrain.Telemetry.Sinks.Ndjson;

/// <summary>Reads whole lines that can be documents, up to the first that cannot: a line that a crash tore is no line.</summary>
internal sealed class LineReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[4 * RecordFrame.MaximumPayload];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Bytes of the lines that were read, with their newlines.</summary>
    public long Consumed { get; private set; }

    /// <summary>The next line without its newline, valid until the next call; false at the end or at what is no document.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var unread = _buffer.AsSpan(_start, _end - _start);
            if (unread.IndexOf((byte)'\n') is var length and >= 0)
            {
                line = unread[..length];
                if (!CanBeDocument(line))
                {
                    break;
                }

                _start += length + 1;
                Consumed += length + 1;
                return true;
            }

            if (_isAtEnd || unread.Length > RecordFrame.MaximumPayload)
            {
                break;
            }

            Fill();
        }

        line = default;
        return false;
    }

    // JSON escapes control characters, so that one in a line is what a lost sector left.
    private static bool CanBeDocument(ReadOnlySpan<byte> line) =>
        line.Length > 1 && line[0] == (byte)'{' && line[^1] == (byte)'}' && line.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0;

    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end), _buffer.Length - _end, throwOnEndOfStream: false);
        _isAtEnd = read < _buffer.Length - _end;
        _end += read;
    }
}
