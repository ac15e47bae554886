using System.Text;
using CsCheck;
using ElectricBrain.Telemetry.Outbox;
using ElectricBrain.Telemetry.Sinks;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Outbox;

/// <summary>
/// The law of the outbox: whatever happens to the machine, what a commit returned for is read exactly once, in order, from where the
/// cursor stands; of what was being committed, any part may be there.
/// </summary>
public sealed class OutboxCrashTests
{
    [Fact]
    public void Read_AfterRandomPowerLosses_ReturnsEveryCommittedRecordOnceInOrder() =>
        Gen.Int.Sample(seed => new Machine(seed, errorRate: 0).Live(rounds: 6), iter: 150);

    [Fact]
    public void Read_AfterRandomPowerLossesAndDiskErrors_ReturnsEveryCommittedRecordOnceInOrder() =>
        Gen.Int.Sample(seed => new Machine(seed, errorRate: 0.02).Live(rounds: 6), iter: 150);

    /// <summary>A machine whose power fails at random calls of the disk, together with what it promised.</summary>
    private sealed class Machine
    {
        private readonly Random _random;
        private readonly UnreliableDisk _disk;
        private readonly double _errorRate;
        private readonly List<string> _committed = [];
        private readonly List<string> _uncertain = [];
        private int _passed;
        private int _next;

        public Machine(int seed, double errorRate)
        {
            _random = new Random(seed);
            _disk = new UnreliableDisk(_random);
            _errorRate = errorRate;
        }

        public void Live(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                _disk.LosePowerAfter(_random.Next(1, 150));
                try
                {
                    _disk.ErrorRate = _errorRate;
                    RunUntilPowerLoss();
                }
                catch (PowerLossException)
                {
                    _disk.ErrorRate = 0;
                    _disk.Restart();
                }

                Check();
            }
        }

        private void RunUntilPowerLoss()
        {
            using var log = Open();
            using var cursor = Retry(() => log.OpenCursor("sink"));
            using var reader = log.OpenReader(Math.Max(cursor.Saved, log.Start));
            var batch = new TelemetryBatch();
            var read = new List<string>();
            while (true)
            {
                switch (_random.Next(5))
                {
                    case 0:
                        reader.Read(batch, _random.Next(1, 40), 1 << 20);
                        read.AddRange(Take(batch));
                        break;
                    case 1 when read.Count > 0:
                        // The sink has these: from here on they need not be read again, and may be.
                        Assert.Equal(_committed.Skip(_passed).Take(read.Count), read);
                        Save(cursor, reader.Position);
                        _passed += read.Count;
                        read.Clear();
                        log.Release(cursor.Saved);
                        break;
                    case 2 when log.WantsSpare:
                        Prepare(log);
                        break;
                    default:
                        Commit(log);
                        break;
                }
            }
        }

        private static void Prepare(OutboxLog log)
        {
            try
            {
                log.Prepare();
            }
            catch (IOException)
            {
                // The commit that needs the segment tries again.
            }
        }

        private void Commit(OutboxLog log)
        {
            var records = Enumerable.Range(0, _random.Next(1, 30)).Select(_ => $"record {_next++} {new string('x', _random.Next(0, 3000))}").ToList();
            _uncertain.AddRange(records);
            try
            {
                log.Commit(Frames(records));
            }
            catch (OutboxWriteException)
            {
                // They do not count, and the next commit that succeeds takes their place; until then a crash may bring some back.
                return;
            }

            _committed.AddRange(records);
            _uncertain.Clear();
        }

        /// <summary>A cursor whose save fails keeps the records; one whose save was cut off may have moved.</summary>
        private static void Save(OutboxCursor cursor, long position)
        {
            try
            {
                cursor.Save(position);
            }
            catch (IOException)
            {
                Retry(() =>
                {
                    cursor.Save(position);
                    return true;
                });
            }
        }

        private void Check()
        {
            using var log = Open();
            using var cursor = log.OpenCursor("sink");
            using var reader = log.OpenReader(Math.Max(cursor.Saved, log.Start));
            var batch = new TelemetryBatch();
            while (reader.Read(batch, int.MaxValue, int.MaxValue))
            {
            }

            var found = Take(batch);
            var last = _committed.Skip(_passed).ToList();

            // The last save may or may not have taken effect when the power failed.
            var start = found.Count > 0 && last.IndexOf(found[0]) is var at and > 0 ? at : 0;
            var sure = last.Skip(found.Count == 0 ? last.Count : start).ToList();
            Assert.Equal(sure, found.Take(sure.Count));
            Assert.True(found.Count > 0 || last.Count == 0 || cursor.Saved >= log.DurableSequence, "committed records are gone");
            var rest = found.Skip(sure.Count).ToList();
            Assert.Equal(rest, _uncertain.Where(rest.Contains));
            Assert.Equal(found.Count, found.Distinct().Count());

            // What recovery found is durable from now on.
            _passed += last.Count - sure.Count;
            _committed.AddRange(rest);
            _uncertain.Clear();
        }

        private OutboxLog Open() => Retry(() => OutboxLog.Open(_disk, 128 << 10, 1L << 30, static _ => { }));

        private static T Retry<T>(Func<T> action)
        {
            while (true)
            {
                try
                {
                    return action();
                }
                catch (IOException)
                {
                    // A disk error that passes.
                }
            }
        }

        private static List<string> Take(TelemetryBatch batch)
        {
            batch.Offer(int.MaxValue);
            var records = Enumerable.Range(0, batch.Count).Select(i => Encoding.ASCII.GetString(batch[i].Span)).ToList();
            batch.Clear();
            return records;
        }
    }

    internal static byte[] Frames(IEnumerable<string> records)
    {
        using var write = new PendingWrite();
        foreach (var record in records)
        {
            var payload = Encoding.ASCII.GetBytes(record);
            payload.CopyTo(write.Reserve(payload.Length));
            write.Advance(payload.Length);
        }

        return write.Frames.ToArray();
    }
}
