using System.Text;
using CsCheck;
using ElectricBrain.Telemetry.Documents;
using ElectricBrain.Telemetry.Tests.Support;

namespace ElectricBrain.Telemetry.Tests.Clock;

/// <summary>
/// The law of identity: whatever is done to the clock, the process and the machine, no two records of a series have one millisecond, each committed record
/// is delivered under one, and always in the same bytes.
/// </summary>
public sealed class ClockIdentityTests
{
    private static readonly TelemetrySeries[] Series = [Samples.Temperature, Samples.Pressure];

    [Fact]
    public void Read_AfterAnyClockStepsCrashesAndReboots_KeepsRecordsApartAndUnchanged() =>
        Gen.Int.Sample(seed => new Board(seed).Live(steps: 150), iter: 100);

    private sealed class Board
    {
        private readonly Random _random;
        private readonly UnreliableDisk _disk;
        private readonly BoardClock _clock = new(Samples.Start);
        private readonly List<double> _committed = [];
        private readonly Dictionary<double, string> _seen = [];
        private double _next;
        private RecordingAgent? _agent;

        public Board(int seed)
        {
            _random = new Random(seed);
            _disk = new UnreliableDisk(_random);
        }

        public void Live(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                try
                {
                    Act(_agent ??= new RecordingAgent(_disk, _clock, TimeSpan.FromMinutes(_random.Next(3))));
                }
                catch (PowerLossException)
                {
                    _disk.Restart();
                    Reboot();
                }
            }

            _disk.LosePowerAfter(int.MaxValue);
            _agent ??= new RecordingAgent(_disk, _clock);
            _clock.Synchronise();
            _agent.Poll();
            var read = Check(_agent);
            Assert.Equal(_committed, read.Intersect(_committed));
            Assert.Equal(read.Count, read.Distinct().Count());
        }

        private void Act(RecordingAgent agent)
        {
            switch (_random.Next(14))
            {
                case 0:
                    _clock.Set(_clock.GetUtcNow().AddMilliseconds(_random.Next(-5, 5)));
                    break;
                case 1:
                    _clock.Set(_clock.GetUtcNow().AddSeconds(_random.Next(-100, 100)));
                    break;
                case 2:
                    _clock.Set(Samples.Start.AddHours(_random.Next(-1000, 1000)));
                    break;
                case 3:
                    _clock.Synchronise();
                    break;
                case 4:
                    _clock.LoseSynchronisation();
                    break;
                case 5:
                    _agent = null; // kill -9
                    break;
                case 6:
                    _disk.LosePowerAfter(_random.Next(1, 60));
                    break;
                case 7:
                case 8:
                    agent.Poll();
                    break;
                case 9:
                    Check(agent);
                    break;
                default:
                    Write(agent);
                    break;
            }
        }

        private void Write(RecordingAgent agent)
        {
            for (var i = _random.Next(1, 6); i > 0; i--)
            {
                var stamp = _clock.GetUtcNow();
                _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(3)));

                // A write that the power loss cuts off may be there or not.
                var value = _next++;
                agent.Write(value, Series[_random.Next(2)], stamp);
                _committed.Add(value);
            }
        }

        private void Reboot()
        {
            _agent = null;
            _clock.Advance(TimeSpan.FromSeconds(_random.Next(1, 100)));
            _clock.Reboot(_random.Next(3) switch
            {
                0 => DateTimeOffset.UnixEpoch,
                1 => _clock.GetUtcNow(),
                _ => Samples.Start.AddHours(_random.Next(-1000, 1000)),
            });
        }

        private List<double> Check(RecordingAgent agent)
        {
            var decoder = new DocumentDecoder();
            var lines = agent.Read();
            var records = lines.ConvertAll(line => decoder.Decode(Encoding.UTF8.GetBytes(line)));
            Assert.Equal(records.Count, records.Select(static record => (record.Series, record.Timestamp)).Distinct().Count());
            foreach (var (record, line) in records.Zip(lines))
            {
                Assert.Equal(line, _seen.GetValueOrDefault(record.Value, line));
                _seen[record.Value] = line;
            }

            return records.ConvertAll(static record => record.Value);
        }
    }
}
