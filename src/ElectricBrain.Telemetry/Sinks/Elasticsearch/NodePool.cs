namespace ElectricBrain.Telemetry.Sinks.Elasticsearch;

/// <summary>
/// Chooses the server of each request. An agent stays with one, so that it keeps its connection, and begins at a random one, so that a fleet spreads over the
/// cluster; it moves when its server fails. A server that failed is left alone for a time that doubles, with jitter. Safe for concurrent callers.
/// </summary>
internal sealed class NodePool
{
    private static readonly TimeSpan ShortestDeath = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestDeath = TimeSpan.FromMinutes(5);

    private readonly Lock _gate = new();
    private readonly Node[] _nodes;
    private readonly TimeProvider _time;
    private int _current;

    public NodePool(IEnumerable<string> roots, TimeProvider time)
    {
        _nodes = roots.Select(static root => new Node(root)).ToArray();
        _time = time;
        _current = Random.Shared.Next(_nodes.Length);
    }

    /// <summary>The servers, and whether each answered when it was last asked.</summary>
    public IReadOnlyList<(string Root, bool IsAlive)> Health
    {
        get
        {
            lock (_gate)
            {
                return Array.ConvertAll(_nodes, static node => (node.Root, node.IsAlive));
            }
        }
    }

    /// <summary>
    /// The servers to try, one after the other: those that are well or may be well again. When none is, the one whose time is up first: a request is always tried.
    /// </summary>
    public IReadOnlyList<Node> Candidates()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var order = _nodes[_current..].Concat(_nodes[.._current]).ToArray();
            var usable = order.Where(node => node.IsAlive || node.DeadUntil <= now).ToArray();
            return usable.Length > 0 ? usable : [order.MinBy(static node => node.DeadUntil)!];
        }
    }

    public void Succeeded(Node node)
    {
        lock (_gate)
        {
            node.Failures = 0;
            _current = Array.IndexOf(_nodes, node);
        }
    }

    public void Failed(Node node)
    {
        lock (_gate)
        {
            var longest = Math.Min(LongestDeath.TotalSeconds, ShortestDeath.TotalSeconds * Math.Pow(2, node.Failures));
            node.Failures++;
            node.DeadUntil = _time.GetTimestamp() + (long)(longest * (0.5 + Random.Shared.NextDouble() / 2) * _time.TimestampFrequency);
            if (_nodes[_current] == node)
            {
                _current = (_current + 1) % _nodes.Length;
            }
        }
    }
}
