using CsCheck;
using ElectricBrain.Sensors.Display;

namespace ElectricBrain.Sensors.Tests.Display;

public sealed class FrameBufferTests
{
    [Fact]
    public void Bytes_OfAPixel_AreBigEndianInRowOrder()
    {
        var frame = new FrameBuffer(3, 2) { [2, 1] = new Rgb565(0xF81F), [0, 0] = new Rgb565(0x1234) };

        Assert.Equal("123400000000" + "00000000F81F", Convert.ToHexString(frame.Bytes));
    }

    [Fact]
    public void Fill_Colour_IsEveryPixel()
    {
        var frame = new FrameBuffer(5, 3);

        frame.Fill(new Rgb565(0xABCD));

        Assert.Equal(string.Concat(Enumerable.Repeat("ABCD", 15)), Convert.ToHexString(frame.Bytes));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(3, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 2)]
    public void Indexer_OutsideThePicture_Throws(int x, int y) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameBuffer(3, 2)[x, y]);

    [Fact]
    public void CopyFrom_OtherSize_Throws() => Assert.Throws<ArgumentException>(() => new FrameBuffer(3, 2).CopyFrom(new FrameBuffer(2, 3)));

    [Fact]
    public void TryFindChange_AnyChangedRows_AreCoveredExactlyOnceWithoutAGap() =>
        Gen.Bool.Array[1, 40].Sample(changed =>
        {
            var before = new FrameBuffer(4, changed.Length);
            var after = new FrameBuffer(4, changed.Length);
            for (var y = 0; y < changed.Length; y++)
            {
                after[y % 4, y] = new Rgb565((ushort)(changed[y] ? 1 : 0));
            }

            var found = new bool[changed.Length];
            var start = 0;
            for (var previousEnd = -1; after.TryFindChange(before, ref start, out var count); start += count)
            {
                // Rows next to each other are one run.
                Assert.True(start > previousEnd);
                previousEnd = start + count;
                found.AsSpan(start, count).Fill(true);
            }

            Assert.Equal(changed, found);
        });

    [Theory]
    [InlineData(255, 255, 255, 0xFFFF)]
    [InlineData(255, 0, 0, 0xF800)]
    [InlineData(0, 255, 0, 0x07E0)]
    [InlineData(0, 0, 255, 0x001F)]
    [InlineData(7, 3, 7, 0x0000)]
    [InlineData(0x12, 0x34, 0x56, 0x11AA)]
    public void FromRgb_Components_ArePackedFiveSixFive(byte red, byte green, byte blue, int value) =>
        Assert.Equal((ushort)value, Rgb565.FromRgb(red, green, blue).Value);

    [Fact]
    public void FromRgb_OfTheComponents_IsTheSameColour() =>
        Gen.UShort.Sample(value =>
        {
            var colour = new Rgb565(value);
            Assert.Equal(colour, Rgb565.FromRgb(colour.Red, colour.Green, colour.Blue));
        });

    [Fact]
    public void Components_White_AreFull() => Assert.Equal((255, 255, 255), (Rgb565.White.Red, Rgb565.White.Green, Rgb565.White.Blue));
}
