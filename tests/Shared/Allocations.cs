namespace ElectricBrain.Tests.Shared;

/// <summary>Measures what code allocates. Every test project has it.</summary>
internal static class Allocations
{
    /// <summary>
    /// The fewest bytes that a round allocates on this thread. What the code allocates shows in every round; the runtime itself may
    /// allocate in some of them while it recompiles.
    /// </summary>
    public static long FewestOf(Action round) => Enumerable.Range(0, 5).Min(_ =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        round();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });
}
