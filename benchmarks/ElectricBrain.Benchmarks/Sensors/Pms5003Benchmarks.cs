using BenchmarkDotNet.Attributes;
using ElectricBrain.Sensors.Devices.Pms5003;

namespace ElectricBrain.Benchmarks.Sensors;

/// <summary>What the bytes of a PMS5003 cost: a clean line, and one with as many stray bytes as frames.</summary>
[MemoryDiagnoser]
public class Pms5003Benchmarks
{
    private const int Frames = 100;
    private static readonly byte[] Frame = Convert.FromHexString("424d001c0005000d00160005000d001602fd00fc001d000f00060006970003c5");

    private readonly Pms5003Parser _parser = new();
    private readonly byte[] _clean = [.. Enumerable.Repeat(Frame, Frames).SelectMany(frame => frame)];
    private readonly byte[] _noisy = [.. Enumerable.Repeat(Frame, Frames).SelectMany((frame, index) => frame.Take(index % frame.Length).Concat(frame))];

    [Benchmark(Description = "PMS5003 frame, clean line", OperationsPerInvoke = Frames)]
    public int Clean() => Parse(_clean);

    [Benchmark(Description = "PMS5003 frame, each after a torn one", OperationsPerInvoke = Frames)]
    public int Noisy() => Parse(_noisy);

    private int Parse(ReadOnlySpan<byte> bytes)
    {
        var frames = 0;
        while (_parser.TryRead(ref bytes, out _))
        {
            frames++;
        }

        return frames == Frames ? frames : throw new InvalidOperationException($"{frames} frames were found.");
    }
}
