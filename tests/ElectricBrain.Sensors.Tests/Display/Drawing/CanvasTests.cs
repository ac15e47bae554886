using System.Numerics;
using CsCheck;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Display.Drawing;

public sealed class CanvasTests
{
    private static readonly Gen<PixelArea> AnyArea = Gen.Select(Gen.Int[-30, 60], Gen.Int[-30, 60], Gen.Int[-5, 70], Gen.Int[-5, 70], (x, y, width, height) => new PixelArea(x, y, width, height));
    private static readonly Gen<Vector2> AnyPoint = Gen.Select(Gen.Float[-60, 90], Gen.Float[-60, 90], (x, y) => new Vector2(x, y));

    [Fact]
    public void Draw_Anything_ChangesNoPixelOutsideTheClip() =>
        Gen.Select(AnyArea, AnyArea, AnyPoint, AnyPoint, Gen.Float[0.1f, 9], Gen.Int[0, 3]).Sample((clip, area, from, to, thickness, what) =>
        {
            var frame = new FrameBuffer(40, 30);
            var canvas = new Canvas(frame) { Clip = clip };

            Draw(canvas, what, area, from, to, thickness);

            for (var y = 0; y < frame.Height; y++)
            {
                for (var x = 0; x < frame.Width; x++)
                {
                    Assert.True(frame[x, y] == Rgb565.Black || clip.Intersect(new PixelArea(x, y, 1, 1)) == new PixelArea(x, y, 1, 1));
                }
            }
        });

    [Fact]
    public void Draw_WithinAClip_IsThePartOfTheWhole() =>
        Gen.Select(AnyArea, AnyArea, AnyPoint, AnyPoint, Gen.Float[0.1f, 9], Gen.Int[0, 3]).Sample((clip, area, from, to, thickness, what) =>
        {
            var (whole, part) = (new FrameBuffer(40, 30), new FrameBuffer(40, 30));
            Draw(new Canvas(whole), what, area, from, to, thickness);
            var canvas = new Canvas(part) { Clip = clip };

            Draw(canvas, what, area, from, to, thickness);

            for (var y = canvas.Clip.Y; y < canvas.Clip.Bottom; y++)
            {
                for (var x = canvas.Clip.X; x < canvas.Clip.Right; x++)
                {
                    Assert.Equal(whole[x, y], part[x, y]);
                }
            }
        });

    [Theory]
    [InlineData(int.MinValue, int.MinValue, int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue, 0, int.MaxValue, 5)]
    [InlineData(-10, 2, int.MaxValue, 1)]
    public void Fill_AreaBeyondAllNumbers_FillsWhatIsVisible(int x, int y, int width, int height)
    {
        var frame = new FrameBuffer(4, 4);

        new Canvas(frame).Fill(new PixelArea(x, y, width, height), Rgb565.White);

        var expected = x == -10 ? 4 : 0;
        Assert.Equal(expected, Pixels(frame).Count(pixel => pixel == Rgb565.White));
    }

    [Theory]
    [InlineData(float.NaN, 3)]
    [InlineData(float.PositiveInfinity, 3)]
    [InlineData(1e30f, -1e30f)]
    public void Line_NowhereToBeSeen_DrawsNothingAndEnds(float x, float y)
    {
        var frame = new FrameBuffer(20, 20);

        new Canvas(frame).Line(new Vector2(x, y), new Vector2(x, y), Rgb565.White);

        Assert.All(Pixels(frame), static pixel => Assert.Equal(Rgb565.Black, pixel));
    }

    [Fact]
    public void Line_OnAPixelRow_CoversJustThatRow()
    {
        var frame = new FrameBuffer(10, 5);

        new Canvas(frame).Line(new Vector2(2, 2), new Vector2(7, 2), Rgb565.White);

        Assert.Equal(".......... .......... ..######.. .......... ..........", Show(frame));
    }

    [Fact]
    public void Line_BetweenTwoRows_CoversHalfOfBoth()
    {
        var frame = new FrameBuffer(12, 4);

        new Canvas(frame).Line(new Vector2(-5, 1.5f), new Vector2(20, 1.5f), Rgb565.White);

        Assert.Equal((0, 128, 128, 0), (frame[5, 0].Green, frame[5, 1].Green & 0xF0, frame[5, 2].Green & 0xF0, frame[5, 3].Green));
    }

    [Fact]
    public void Polyline_WithAGap_LeavesItOpen()
    {
        var frame = new FrameBuffer(12, 3);

        new Canvas(frame).Polyline([new(1, 1), new(3, 1), new(float.NaN), new(6, 1), new(float.NaN), new(8, 1), new(10, 1)], Rgb565.White);

        Assert.Equal("............ .###..#.###. ............", Show(frame));
    }

    [Fact]
    public void Polyline_Joint_IsNoDarkerThanTheLine()
    {
        var (whole, joined) = (new FrameBuffer(20, 8), new FrameBuffer(20, 8));
        new Canvas(whole).Polyline([new(2, 2.4f), new(17, 5.4f)], Rgb565.White);

        new Canvas(joined).Polyline([new(2, 2.4f), new(7, 3.4f), new(12, 4.4f), new(17, 5.4f)], Rgb565.White);

        Assert.Equal(Pixels(whole).Select(static pixel => pixel.Green / 16), Pixels(joined).Select(static pixel => pixel.Green / 16));
    }

    [Fact]
    public void Outline_Area_IsOnePixelInsideIt()
    {
        var frame = new FrameBuffer(7, 5);

        new Canvas(frame).Outline(new PixelArea(1, 1, 5, 3), Rgb565.White);

        Assert.Equal("....... .#####. .#...#. .#####. .......", Show(frame));
    }

    [Theory]
    [InlineData(TextAlignment.Left, 10)]
    [InlineData(TextAlignment.Right, -10)]
    [InlineData(TextAlignment.Center, 0)]
    public void Write_Alignment_PlacesTheInkedColumns(TextAlignment alignment, int shift)
    {
        var frame = new FrameBuffer(61, 20);

        new Canvas(frame).Write("HH", 30, 15, Font.Small, Rgb565.White, alignment);

        // Two letters of five columns and one between them.
        var columns = Enumerable.Range(0, 61).Where(x => Enumerable.Range(0, 20).Any(y => frame[x, y] != Rgb565.Black)).ToArray();
        Assert.Equal(shift switch { > 0 => 30, < 0 => 19, _ => 25 }, columns[0]);
        Assert.Equal(columns[0] + 10, columns[^1]);
    }

    [Fact]
    public void Write_Text_ReturnsTheEndThatMeasureTells() =>
        Gen.Select(Gen.Char[' ', '~'].Array[0, 12], Gen.Int[-50, 50]).Sample((characters, x) =>
        {
            var canvas = new Canvas(new FrameBuffer(40, 20));
            Assert.Equal(x + Font.Medium.Measure(characters), canvas.Write(characters, x, 12, Font.Medium, Rgb565.White));
        });

    [Fact]
    public void Draw_Everything_AllocatesNothing()
    {
        var canvas = new Canvas(new FrameBuffer(160, 80));
        Round();

        Assert.Equal(0, Allocations.FewestOf(Round));

        void Round()
        {
            canvas.Fill(canvas.Bounds, Rgb565.Black);
            canvas.Outline(new PixelArea(3, 3, 30, 20), Rgb565.White);
            canvas.Line(new Vector2(1, 2), new Vector2(150, 70), Rgb565.White, 1.5f);
            canvas.Polyline([new(1, 1), new(30, 40), new(60, 3)], Rgb565.White);
            canvas.Write("23.5 °C", 10, 40, Font.Bold, Rgb565.White);
        }
    }

    private static void Draw(Canvas canvas, int what, PixelArea area, Vector2 from, Vector2 to, float thickness)
    {
        switch (what)
        {
            case 0:
                canvas.Fill(area, Rgb565.White);
                break;
            case 1:
                canvas.Outline(area, Rgb565.White);
                break;
            case 2:
                canvas.Line(from, to, Rgb565.White, thickness);
                break;
            default:
                canvas.Write("Ag@µ%", (int)from.X, (int)from.Y, Font.Bold, Rgb565.White);
                break;
        }
    }

    private static IEnumerable<Rgb565> Pixels(FrameBuffer frame) =>
        Enumerable.Range(0, frame.Width * frame.Height).Select(i => frame[i % frame.Width, i / frame.Width]);

    private static string Show(FrameBuffer frame) =>
        string.Join(' ', Enumerable.Range(0, frame.Height).Select(y => string.Concat(Enumerable.Range(0, frame.Width).Select(x => frame[x, y] == Rgb565.Black ? '.' : frame[x, y] == Rgb565.White ? '#' : '+'))));
}
