namespace ElectricBrain.Telemetry.Outbox.Files;

/// <summary>The few file operations that durability rests on; tests put a file system here that loses what was not synchronised.</summary>
internal interface IOutboxFileSystem
{
    /// <summary>The directory, for messages.</summary>
    string Location { get; }

    /// <summary>Makes the directory, durably.</summary>
    void Prepare();

    /// <summary>The names of the files.</summary>
    IReadOnlyList<string> List();

    /// <summary>Opens an existing file to read and write, or makes a new one.</summary>
    IOutboxFile Open(string name, bool create);

    /// <summary>Gives a file another name, in place of a file that has it.</summary>
    void Rename(string from, string to);

    void Delete(string name);

    /// <summary>Deletes a file that may be there.</summary>
    void DeleteIfThere(string name)
    {
        if (List().Contains(name))
        {
            Delete(name);
        }
    }

    /// <summary>Makes creations, renames and deletions durable.</summary>
    void SyncDirectory();

    /// <summary>Keeps other processes out until disposed.</summary>
    /// <exception cref="OutboxInUseException">Another process has the outbox.</exception>
    IDisposable Lock(string name);
}
