namespace ElectricBrain.Benchmarks.Peers;

/// <summary>A chip with a driver of ours and one of the peer's.</summary>
internal abstract class PeerDevice(string package, string work) : IDisposable
{
    protected const string Transfers = "transfers";

    /// <summary>The peer's package.</summary>
    public string Package => package;

    /// <summary>What one sample is.</summary>
    public string Work => work;

    /// <summary>The cases, of which the first is also the one that is timed.</summary>
    public abstract IReadOnlyList<PeerCase> Cases { get; }

    /// <summary>Samples in one round of ours; 0 where the device is not timed.</summary>
    public virtual int SamplesARound => 0;

    /// <summary>Samples in one round of the peer's, which takes about as long.</summary>
    public virtual int PeerSamplesARound => 0;

    /// <summary>Reads the first case once more.</summary>
    public virtual void Sample() => throw new NotSupportedException($"{package} is not timed.");

    /// <summary>The values of either side.</summary>
    public virtual async Task<IReadOnlyList<PeerResult>> CompareAsync(PythonPeer peer, CancellationToken cancellationToken)
    {
        var results = new List<PeerResult>();
        foreach (var (index, peerCase) in Cases.Index())
        {
            using var reply = await peer.AskAsync(new { device = Package, @case = peerCase.Input }, cancellationToken);
            // A sample is as many transfers in one case as in another.
            var values = peerCase.Values.Where(value => index == 0 || value.Quantity != Transfers);
            results.AddRange(values.Select(value => PeerResult.Of(Package, peerCase.Name, value, reply.RootElement)));
        }

        return results;
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
