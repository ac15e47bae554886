namespace ElectricBrain.Swarm.Tests.Engines;

/// <summary>A stream of events on which nothing happens until a test says so.</summary>
public sealed class SilentStream : Stream
{
    private readonly System.IO.Pipelines.Pipe _pipe = new();
    private readonly Stream _reading;

    public SilentStream() => _reading = _pipe.Reader.AsStream();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public async Task EmitAsync(string line) => await _pipe.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(line + "\n"));

    public void Break() => _pipe.Writer.Complete(new IOException("connection reset by peer"));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reading.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        _reading.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
