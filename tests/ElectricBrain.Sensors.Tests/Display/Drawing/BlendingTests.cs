using CsCheck;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Drawing;

namespace ElectricBrain.Sensors.Tests.Display.Drawing;

public sealed class BlendingTests
{
    [Fact]
    public void Mix_EveryComponentAndCoverage_IsTheNearestValue()
    {
        for (var coverage = 0; coverage <= 255; coverage++)
        {
            for (var back = 0; back < 64; back++)
            {
                for (var fore = 0; fore < 64; fore++)
                {
                    var mixed = Blending.Mix(new Rgb565((ushort)(back << 5)), new Rgb565((ushort)(fore << 5)), (byte)coverage).Value;

                    // Half cannot occur: 255 is odd.
                    Assert.Equal((int)Math.Round((fore * coverage + back * (255 - coverage)) / 255.0) << 5, mixed);
                }
            }
        }
    }

    [Fact]
    public void Mix_NoneAndFullCoverage_AreExact() =>
        Gen.Select(Gen.UShort, Gen.UShort).Sample((below, colour) =>
        {
            Assert.Equal(below, Blending.Mix(new Rgb565(below), new Rgb565(colour), 0).Value);
            Assert.Equal(colour, Blending.Mix(new Rgb565(below), new Rgb565(colour), 255).Value);
        });

    [Fact]
    public void Mix_MoreCoverage_IsNeverFartherFromTheColour() =>
        Gen.Select(Gen.UShort, Gen.UShort, Gen.Int[0, 254]).Sample((below, colour, coverage) =>
        {
            var less = Blending.Mix(new Rgb565(below), new Rgb565(colour), (byte)coverage);
            var more = Blending.Mix(new Rgb565(below), new Rgb565(colour), (byte)(coverage + 1));
            var target = new Rgb565(colour);
            Assert.True(Math.Abs(more.Red - target.Red) <= Math.Abs(less.Red - target.Red));
            Assert.True(Math.Abs(more.Green - target.Green) <= Math.Abs(less.Green - target.Green));
            Assert.True(Math.Abs(more.Blue - target.Blue) <= Math.Abs(less.Blue - target.Blue));
        });

    [Fact]
    public void Lay_AnyRun_IsEachPixelMixed() =>
        Gen.Select(Gen.Byte.Array[0, 50], Gen.UShort, Gen.UInt).Sample((coverage, colour, seed) =>
        {
            var frame = new FrameBuffer(Math.Max(1, coverage.Length), 1);
            new Random((int)seed).NextBytes(frame.Row(0));
            var expected = coverage.Select((share, x) => Blending.Mix(frame[x, 0], new Rgb565(colour), share)).ToArray();

            Blending.Lay(frame.Row(0), coverage, new Rgb565(colour));

            Assert.Equal(expected, Enumerable.Range(0, coverage.Length).Select(x => frame[x, 0]));
        });
}
