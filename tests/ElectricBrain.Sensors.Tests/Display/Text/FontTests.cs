using CsCheck;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Drawing;
using ElectricBrain.Sensors.Display.Text;

namespace ElectricBrain.Sensors.Tests.Display.Text;

public sealed class FontTests
{
    private const string Needed = "°%µΩ²³₀₁₂₃₅·×±−–…←→↑↓↗↘/:.,()";

    public static TheoryData<string> Fonts => ["Small", "Medium", "Bold", "Large"];

    [Theory]
    [MemberData(nameof(Fonts))]
    public void Measure_Text_IsTheSumOfItsCharacters(string name)
    {
        var font = FontOf(name);
        Gen.Char.Array[0, 20].Sample(text => Assert.Equal(text.Sum(character => font.Measure([character])), font.Measure(text)));
    }

    [Theory]
    [MemberData(nameof(Fonts))]
    public void Measure_Digits_AreAllOfOneWidth(string name) => Assert.Single("0123456789".Select(digit => FontOf(name).Measure([digit])).Distinct());

    [Theory]
    [MemberData(nameof(Fonts))]
    public void Has_AsciiAndTheCharactersOfUnits_AreThere(string name)
    {
        Assert.All(Enumerable.Range(' ', '~' - ' ' + 1), character => Assert.True(FontOf(name).Has((char)character)));
        Assert.All(Needed, character => Assert.True(FontOf(name).Has(character), character.ToString()));
        Assert.False(FontOf(name).Has('é'));
    }

    [Theory]
    [MemberData(nameof(Fonts))]
    public void Write_EveryCharacter_LooksUnlikeAnyOther(string name)
    {
        var characters = Enumerable.Range('!', '~' - '!' + 1).Select(static number => (char)number).Concat(Needed).Distinct().ToArray();

        var pictures = characters.GroupBy(character => (TopOf(FontOf(name), character), Picture(FontOf(name), character))).Where(static group => group.Count() > 1);

        Assert.Empty(pictures.Select(static group => string.Concat(group)));
    }

    [Theory]
    [InlineData('é')]
    [InlineData('漢')]
    [InlineData('\n')]
    [InlineData('\uFFFF')]
    [InlineData('\uD800')]
    public void Write_UnknownCharacter_IsABox(char character)
    {
        Assert.Equal(Picture(Font.Small, '\uFFFD'), Picture(Font.Small, character));
        Assert.Equal("#####\n#...#\n#...#\n#...#\n#...#\n#...#\n#####", Picture(Font.Small, character));
    }

    [Fact]
    public void Write_StraightLettersInSmall_HaveNoGreyPixel()
    {
        Assert.Equal("#...#\n#...#\n#...#\n#####\n#...#\n#...#\n#...#", Picture(Font.Small, 'H'));
        Assert.Equal("#####\n..#..\n..#..\n..#..\n..#..\n..#..\n..#..", Picture(Font.Small, 'T'));
        Assert.All("EFHILTijl".Except("jl"), static letter => Assert.DoesNotContain('+', Picture(Font.Small, letter)));
    }

    [Theory]
    [InlineData("Bold", 2)]
    [InlineData("Large", 4)]
    public void Write_StemInLargerFonts_FillsWholePixels(string name, int stem)
    {
        var middle = Picture(FontOf(name), 'I').Split('\n')[FontOf(name).CapHeight / 2];

        Assert.Equal(new string('#', stem), middle);
    }

    [Theory]
    [MemberData(nameof(Fonts))]
    public void Write_CapitalsAndDigits_AreAsHighAsTheFontSays(string name)
    {
        var font = FontOf(name);
        Assert.All("ABCDEFGHIJKLMNOPRSTUVWXYZ0123456789", character => Assert.Equal(font.CapHeight, Picture(font, character).Split('\n').Length));
    }

    private static Font FontOf(string name) => name switch { "Small" => Font.Small, "Medium" => Font.Medium, "Bold" => Font.Bold, _ => Font.Large };

    /// <summary>The inked part of a character: # for full, + for part, . for nothing.</summary>
    private static string Picture(Font font, char character)
    {
        var frame = new FrameBuffer(80, 80);
        new Canvas(frame).Write([character], 20, 50, font, Rgb565.White);
        var rows = Enumerable.Range(0, 80).Where(y => Enumerable.Range(0, 80).Any(x => IsInked(x, y))).ToArray();
        var columns = Enumerable.Range(0, 80).Where(x => Enumerable.Range(0, 80).Any(y => IsInked(x, y))).ToArray();
        return string.Join('\n', Enumerable.Range(rows[0], rows[^1] - rows[0] + 1).Select(y => string.Concat(Enumerable.Range(columns[0], columns[^1] - columns[0] + 1).Select(x => Show(frame[x, y])))));

        bool IsInked(int x, int y) => frame[x, y] != Rgb565.Black;
    }

    /// <summary>How far the character rises above the baseline.</summary>
    private static int TopOf(Font font, char character)
    {
        var frame = new FrameBuffer(80, 80);
        new Canvas(frame).Write([character], 20, 50, font, Rgb565.White);
        return 50 - Enumerable.Range(0, 80).First(y => Enumerable.Range(0, 80).Any(x => frame[x, y] != Rgb565.Black));
    }

    private static char Show(Rgb565 colour) => colour == Rgb565.White ? '#' : colour == Rgb565.Black ? '.' : '+';
}
