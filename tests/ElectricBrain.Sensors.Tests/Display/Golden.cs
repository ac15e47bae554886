using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Png;
using ElectricBrain.Sensors.Tests.Display.Png;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Display;

/// <summary>Compares pictures with those that a person has looked at, in the folder of this name.</summary>
internal static class Golden
{
    /// <summary>One step of a component of RGB565: processors may round the last bit of a curve differently.</summary>
    private const int Tolerance = 9;

    private const string WriteVariable = "ELECTRICBRAIN_GOLDEN";
    private static readonly string Folder = Path.Combine(WorkingCopy.Root, "tests", "ElectricBrain.Sensors.Tests", "Display", "Golden");
    private static readonly string Failures = Path.Combine(WorkingCopy.Root, "artifacts", "golden");

    public static void Verify(FrameBuffer frame, string name)
    {
        var path = Path.Combine(Folder, name + ".png");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "write")
        {
            File.WriteAllBytes(path, PngEncoder.Encode(frame));
            return;
        }

        Assert.True(File.Exists(path), $"There is no {path}. Run the test with {WriteVariable}=write, and look at the picture.");
        var golden = PngImage.Read(File.ReadAllBytes(path));
        Assert.Equal((golden.Width, golden.Height), (frame.Width, frame.Height));
        var differences = Enumerable.Range(0, frame.Width * frame.Height).Where(i => Differs(frame[i % frame.Width, i / frame.Width], golden[i % frame.Width, i / frame.Width])).ToArray();
        if (differences.Length > 0)
        {
            var (x, y) = (differences[0] % frame.Width, differences[0] / frame.Width);
            Assert.Fail(
                $"{name}: {differences.Length} pixels differ, the first at ({x}, {y}): expected {golden[x, y]}, drawn {(frame[x, y].Red, frame[x, y].Green, frame[x, y].Blue)}. " +
                $"{WriteComparison(frame, golden, name)} shows what was expected, what was drawn, and where they differ. If it is meant, run the test with {WriteVariable}=write.");
        }
    }

    private static bool Differs(Rgb565 colour, (byte Red, byte Green, byte Blue) golden) =>
        Math.Abs(colour.Red - golden.Red) > Tolerance || Math.Abs(colour.Green - golden.Green) > Tolerance || Math.Abs(colour.Blue - golden.Blue) > Tolerance;

    private static string WriteComparison(FrameBuffer frame, PngImage golden, string name)
    {
        var comparison = new FrameBuffer(frame.Width, 3 * frame.Height);
        for (var y = 0; y < frame.Height; y++)
        {
            for (var x = 0; x < frame.Width; x++)
            {
                var (red, green, blue) = golden[x, y];
                comparison[x, y] = Rgb565.FromRgb(red, green, blue);
                comparison[x, frame.Height + y] = frame[x, y];
                comparison[x, 2 * frame.Height + y] = Differs(frame[x, y], golden[x, y]) ? Rgb565.FromRgb(255, 0, 0) : Rgb565.Black;
            }
        }

        Directory.CreateDirectory(Failures);
        var path = Path.Combine(Failures, name + ".png");
        File.WriteAllBytes(path, PngEncoder.Encode(comparison, 4));
        return path;
    }
}
