using System.Threading.Channels;
using ElectricBrain.Sensors.Sampling;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Sampling;

public sealed class SampleStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_SlowReaderOfTheLatest_GetsTheLatestAndCountsTheRest()
    {
        var stream = new SampleStream<int>(1, BoundedChannelFullMode.DropOldest);
        await Write(stream, 1, 2, 3);
        stream.Complete();

        Assert.Equal([3], await stream.ToListAsync(Token));
        Assert.Equal(2, stream.Dropped);
    }

    [Fact]
    public async Task Read_SlowReaderOfABoundedStream_MissesTheOldest()
    {
        var stream = new SampleStream<int>(3, BoundedChannelFullMode.DropOldest);
        await Write(stream, 1, 2, 3, 4, 5);
        stream.Complete();

        Assert.Equal([3, 4, 5], await stream.ToListAsync(Token));
        Assert.Equal(2, stream.Dropped);
    }

    [Fact]
    public async Task Write_ReaderToBeWaitedFor_CompletesOnceItHasRoom()
    {
        var stream = new SampleStream<int>(1, BoundedChannelFullMode.Wait);
        await Write(stream, 1);
        var late = stream.WriteAsync(2, Token).AsTask();
        Assert.False(late.IsCompleted);

        var reader = stream.GetAsyncEnumerator(Token);
        Assert.True(await reader.MoveNextAsync());
        await late;

        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(2, reader.Current);
        Assert.Equal(0, stream.Dropped);
    }

    [Fact]
    public async Task Write_ReaderToBeWaitedForLeaves_IsReleased()
    {
        var stream = new SampleStream<int>(1, BoundedChannelFullMode.Wait);
        await Write(stream, 1);
        var late = stream.WriteAsync(2, Token).AsTask();

        stream.Dispose();

        await late;
        Assert.True(stream.IsClosed);
    }

    [Fact]
    public async Task Read_Cancelled_ThrowsAndLeaves()
    {
        var stream = new SampleStream<int>(1, BoundedChannelFullMode.DropOldest);
        using var stop = new CancellationTokenSource();
        var reader = stream.GetAsyncEnumerator(stop.Token);
        var next = reader.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.True(stream.IsClosed);
    }

    [Fact]
    public async Task Read_ReaderBreaksOff_Leaves()
    {
        var stream = new SampleStream<int>(1, BoundedChannelFullMode.DropOldest);
        await Write(stream, 1);
        await foreach (var item in stream)
        {
            Assert.Equal(1, item);
            break;
        }

        Assert.True(stream.IsClosed);
    }

    [Fact]
    public async Task GetAsyncEnumerator_SecondReader_IsRefused()
    {
        var stream = new SampleStream<int>(1, BoundedChannelFullMode.DropOldest);
        await using var reader = stream.GetAsyncEnumerator(Token);

        Assert.Throws<InvalidOperationException>(() => stream.GetAsyncEnumerator(Token));
    }

    [Fact]
    public async Task Read_WaitingForEachItem_AllocatesNothing()
    {
        using var stop = new CancellationTokenSource();
        var stream = new SampleStream<decimal>(4, BoundedChannelFullMode.DropOldest);
        await using var reader = stream.GetAsyncEnumerator(stop.Token);
        var read = 0;

        Assert.Equal(0, Allocations.FewestOf(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                var next = reader.MoveNextAsync();
                var written = stream.WriteAsync(i, CancellationToken.None);
                while (!next.IsCompleted)
                {
                    Thread.Yield();
                }

                read += next.GetAwaiter().GetResult() && written.IsCompletedSuccessfully && reader.Current == i ? 1 : 0;
            }
        }));
        Assert.Equal(500, read);
    }

    private static async Task Write(SampleStream<int> stream, params int[] items)
    {
        foreach (var item in items)
        {
            await stream.WriteAsync(item, Token);
        }
    }
}
