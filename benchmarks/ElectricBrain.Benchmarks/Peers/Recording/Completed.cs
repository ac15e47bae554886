namespace ElectricBrain.Benchmarks.Peers.Recording;

/// <summary>Where recorded chips answer, nothing is waited for.</summary>
internal static class Completed
{
    public static T Of<T>(ValueTask<T> reading) =>
        reading.IsCompletedSuccessfully ? reading.Result : throw new InvalidOperationException("A reading had to be waited for.");
}
