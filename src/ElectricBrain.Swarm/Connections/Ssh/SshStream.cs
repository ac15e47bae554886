using System.Diagnostics;
using System.Text;

namespace ElectricBrain.Swarm.Connections.Ssh;

/// <summary>The standard streams of an ssh process as one connection. Where it ends early, reading tells what ssh said.</summary>
internal sealed class SshStream : Stream
{
    private const int LongestSaid = 2000;
    private const int SshFailed = 255;

    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Task<string> _said;
    private bool _isDisposed;

    public SshStream(Process process)
    {
        _process = process;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        _said = ReadSaidAsync(process.StandardError);
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await _output.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read == 0 && buffer.Length > 0)
        {
            await ThrowIfFailedAsync(cancellationToken).ConfigureAwait(false);
        }

        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _input.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            await _input.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // A broken pipe says less than ssh did.
            await ThrowIfFailedAsync(cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => _output.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => _input.Write(buffer, offset, count);

    public override void Flush() => _input.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _input.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            End();
        }

        base.Dispose(disposing);
    }

    private static async Task<string> ReadSaidAsync(StreamReader errors)
    {
        var said = new StringBuilder();
        while (await errors.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (said.Length < LongestSaid)
            {
                said.Append(said.Length == 0 ? "" : " ").Append(line.Trim());
            }
        }

        return said.ToString();
    }

    private void End()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }

        _process.Dispose();
    }

    private async Task ThrowIfFailedAsync(CancellationToken cancellationToken)
    {
        string said = await _said.WaitAsync(cancellationToken).ConfigureAwait(false);
        await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (_process.ExitCode != 0)
        {
            throw new SshException(Explain(_process.ExitCode, said.TrimEnd('.')));
        }
    }

    private static string Explain(int exitCode, string said) => (exitCode, said) switch
    {
        (SshFailed, _) when Says(said, "Host key verification failed") =>
            $"ssh does not know the host ({said}). Sign in once with 'ssh' and compare the fingerprint; should the host be known under another key, find out why.",
        (SshFailed, _) when Says(said, "Permission denied") =>
            $"the host does not let you in ({said}). Give it your key ('ssh-copy-id'), or put the key into the agent ('ssh-add'): passwords are not asked for.",
        (SshFailed, _) => $"ssh failed ({said}). Does 'ssh' to this host work?",
        (127, _) => $"there is no docker over there ({said}). Install Docker's command line on that host, for this user's PATH.",
        _ when Says(said, "permission denied") =>
            $"the user over there may not use the engine ({said}). Add the user to the group 'docker' on that host.",
        _ => $"'docker system dial-stdio' over there ended with {exitCode} ({said}). Is the engine started on that host?",
    };

    private static bool Says(string said, string phrase) => said.Contains(phrase, StringComparison.Ordinal);
}
