using System.Text;
using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Outbox;

/// <summary>A file that tells whether the outbox was closed, and else under which boot of the machine it was open.</summary>
internal sealed class OutboxSession(IOutboxFileSystem files, string bootId)
{
    private const string Name = "session";
    private const string Closed = "closed";
    private const int Length = 128; // within one sector, overwritten whole

    /// <summary>Whether the machine went down while the outbox was open. What cannot be read counts as that: a replay does no harm.</summary>
    public bool EndedWithTheMachine()
    {
        if (!files.List().Contains(Name))
        {
            return false;
        }

        using var file = files.Open(Name, create: false);
        var buffer = new byte[Length];
        var text = Encoding.ASCII.GetString(buffer, 0, file.Read(buffer, 0)).TrimEnd();
        return text != Closed && text != Open;
    }

    public void Begin() => Write(Open);

    public void End() => Write(Closed);

    private string Open => $"open {bootId}";

    private void Write(string state)
    {
        var isNew = !files.List().Contains(Name);
        using var file = files.Open(Name, isNew);
        file.Write(Encoding.ASCII.GetBytes(state.PadRight(Length - 1) + "\n"), 0);
        file.Sync();
        if (isNew)
        {
            files.SyncDirectory();
        }
    }
}
