using ElectricBrain.Telemetry.Outbox.Files;

namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>
/// A disk in memory that keeps only what it was made to keep: at a power loss each unsynchronised sector may or may not have been
/// written, and names may have any state since the last synchronisation of the directory.
/// </summary>
internal sealed class UnreliableDisk(Random random) : IOutboxFileSystem
{
    private readonly List<Dictionary<string, UnreliableFile>> _history = [[]];
    private int _callsLeft = int.MaxValue;
    private bool _failNextSync;
    private bool _keepsNothing;

    public string Location => "/unreliable";

    /// <summary>The share of writes and synchronisations that fail.</summary>
    public double ErrorRate { get; set; }

    /// <summary>Called when a file is about to be opened.</summary>
    public Action<string>? Opening { get; set; }

    public bool IsOff => _callsLeft <= 0;

    private Dictionary<string, UnreliableFile> Names => _history[^1];

    /// <summary>Switches the power off after some further calls.</summary>
    public void LosePowerAfter(int calls) => _callsLeft = calls;

    /// <summary>Comes back after a power loss, with what the disk happened to keep.</summary>
    public void Restart()
    {
        var survivor = _history[random.Next(_history.Count)];
        foreach (var file in _history.SelectMany(static names => names.Values).Distinct())
        {
            file.LosePower(random);
        }

        _history.Clear();
        _history.Add(new Dictionary<string, UnreliableFile>(survivor));
        _callsLeft = int.MaxValue;
    }

    /// <summary>The bytes of a file, to look at or to damage.</summary>
    public byte[] Contents(string name) => Names[name].Contents;

    public void Replace(string name, byte[] contents) => ChangeNames(names => names[name] = new UnreliableFile(this, contents));

    public void Prepare() => Call();

    public IReadOnlyList<string> List()
    {
        Call();
        return Names.Keys.ToArray();
    }

    public IOutboxFile Open(string name, bool create)
    {
        Call();
        Opening?.Invoke(name);
        if (create)
        {
            ChangeNames(names => names.Add(name, new UnreliableFile(this, [])));
        }

        return Names.TryGetValue(name, out var file) ? file : throw new FileNotFoundException(name);
    }

    public void Rename(string from, string to)
    {
        Call();
        ChangeNames(names =>
        {
            names.Remove(from, out var file);
            names[to] = file!;
        });
    }

    public void Delete(string name)
    {
        Call();
        ChangeNames(names => names.Remove(name));
    }

    public void SyncDirectory()
    {
        Call();
        FailNowAndThen("sync of the directory");
        _history.RemoveRange(0, _history.Count - 1);
    }

    public IDisposable Lock(string name) => new MemoryStream();

    internal void Call()
    {
        if (IsOff || --_callsLeft <= 0)
        {
            throw new PowerLossException();
        }
    }

    /// <summary>Lets the next synchronisation of a file fail, and keep nothing.</summary>
    public void FailNextSync() => _failNextSync = true;

    internal void FailNowAndThen(string what)
    {
        if (what == "sync" && _failNextSync)
        {
            (_failNextSync, _keepsNothing) = (false, true);
            throw new IOException("sync failed.");
        }

        if (random.NextDouble() < ErrorRate)
        {
            throw new IOException($"{what} failed.");
        }
    }

    /// <summary>Whether a failed synchronisation kept a sector all the same.</summary>
    internal bool Chance() => !_keepsNothing && random.Next(2) == 0;

    private void ChangeNames(Action<Dictionary<string, UnreliableFile>> change)
    {
        var next = new Dictionary<string, UnreliableFile>(Names);
        change(next);
        _history.Add(next);
    }
}
