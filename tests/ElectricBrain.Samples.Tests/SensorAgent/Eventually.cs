namespace ElectricBrain.Samples.Tests.SensorAgent;

/// <summary>Waits for what takes an unknown time; a limit far above it turns a hang into a failure.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, limit.Token);
        }
    }

    public static Task BecomesTrueAsync(Func<Task<bool>> look) => GetAsync<object>(async () => await look() ? true : null);
}
