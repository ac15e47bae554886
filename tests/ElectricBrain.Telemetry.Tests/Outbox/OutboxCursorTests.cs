using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Outbox;

public sealed class OutboxCursorTests
{
    private const int SlotStride = 4096;

    private readonly UnreliableDisk _disk = new(new Random(1));

    [Fact]
    public void Save_AfterAFailedSave_LeavesTheSlotThatIsDurable()
    {
        using (var cursor = OutboxCursor.Open(_disk, "sink"))
        {
            cursor.Save(10);
            var durable = SlotOf(10);
            _disk.FailNextSync();
            Assert.Throws<IOException>(() => cursor.Save(20));

            cursor.Save(30);

            // A power loss may tear the slot that is being written: until it is durable, the other has to be whole.
            Assert.Equal(durable, SlotOf(10));
        }

        using var reopened = OutboxCursor.Open(_disk, "sink");
        Assert.Equal(30, reopened.Saved);
    }

    private int SlotOf(long sequence)
    {
        var contents = _disk.Contents("cursor.sink");
        return Enumerable.Range(0, 2).Single(slot => BitConverter.ToInt64(contents, slot * SlotStride + sizeof(long)) == sequence);
    }
}
