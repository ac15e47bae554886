using System.Text;
using CsCheck;
using ElectricBrain.Sensors.Devices.Mics6814;

namespace ElectricBrain.Sensors.Tests.Devices.Mics6814;

public sealed class Mics6814CalibrationFileTests : IDisposable
{
    private const string Valid =
        """{ "oxidisingOhms": 12000, "reducingOhms": 330000, "ammoniaOhms": 190000, "calibratedAt": "2026-06-01T12:00:00+00:00" }""";

    private static readonly Mics6814Calibration Calibration = new()
    {
        OxidisingOhms = 12_345.678,
        ReducingOhms = 330_000,
        AmmoniaOhms = 190_000.5,
        CalibratedAt = new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.FromHours(2)),
    };

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mics6814-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_directory.FullName, "gas.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task LoadAsync_WhatWasSaved_IsTheSame()
    {
        await Mics6814CalibrationFile.SaveAsync(FilePath, Calibration with { ReducingOhms = 100_000 }, Token);
        await Mics6814CalibrationFile.SaveAsync(FilePath, Calibration, Token);

        Assert.Equal(Calibration, await Mics6814CalibrationFile.LoadAsync(FilePath, Token));
        Assert.Equal([FilePath], Directory.GetFiles(_directory.FullName));
    }

    [Fact]
    public async Task LoadAsync_NoFile_IsNull() => Assert.Null(await Mics6814CalibrationFile.LoadAsync(FilePath, Token));

    [Theory]
    [InlineData("", "the text")]
    [InlineData("{", "the text")]
    [InlineData("null", "is null and not a calibration of a MICS6814")]
    [InlineData("{}", "'oxidisingOhms' is missing")]
    [InlineData("[]", "the text")]
    [InlineData("\0\0\0\0", "the text")]
    public void Parse_NotACalibration_NamesTheFile(string text, string complaint) => AssertRefused(text, complaint);

    [Theory]
    [InlineData("12000", "\"12 k\"", "field 'oxidisingOhms'")]
    [InlineData("330000", "-1", "field 'reducingOhms' is -1")]
    [InlineData("190000", "1e300", "field 'ammoniaOhms' is 1E+300")]
    [InlineData("190000", "null", "field 'ammoniaOhms' is missing")]
    [InlineData("\"2026-06-01T12:00:00+00:00\"", "\"yesterday\"", "field 'calibratedAt'")]
    [InlineData("reducingOhms", "reducingOhm", "field 'reducingOhm'")]
    [InlineData("oxidisingOhms", "oxidizingOhms", "field 'oxidizingOhms'")]
    public void Parse_OneWrongField_NamesIt(string valid, string wrong, string complaint) =>
        AssertRefused(Valid.Replace(valid, wrong, StringComparison.Ordinal), complaint);

    [Fact]
    public void Parse_WrongField_NamesItsLine() => AssertRefused(Valid.Replace("330000", "\n\ntrue", StringComparison.Ordinal), "gas.json, line 3: field 'reducingOhms'");

    [Fact]
    public void Parse_AnyText_IsACalibrationInRangeOrRefused() =>
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Byte).Sample((position, value) =>
        {
            var bytes = Encoding.UTF8.GetBytes(Valid);
            bytes[position] = value;
            try
            {
                var calibration = Mics6814CalibrationFile.Parse(bytes, "gas.json");
                Assert.All([calibration.OxidisingOhms, calibration.ReducingOhms, calibration.AmmoniaOhms], ohms => Assert.InRange(ohms, 100, 5_000_000));
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith("gas.json", exception.Message, StringComparison.Ordinal);
            }
        });

    [Fact]
    public async Task SaveAsync_CannotReplace_LeavesNothingBehind()
    {
        Directory.CreateDirectory(Path.Combine(FilePath, "occupied"));

        await Assert.ThrowsAnyAsync<Exception>(async () => await Mics6814CalibrationFile.SaveAsync(FilePath, Calibration, Token));

        Assert.Empty(Directory.GetFiles(_directory.FullName));
        Assert.True(Directory.Exists(Path.Combine(FilePath, "occupied")));
    }

    [Fact]
    public async Task SaveAsync_ImplausibleCalibration_KeepsTheOldFile()
    {
        await Mics6814CalibrationFile.SaveAsync(FilePath, Calibration, Token);

        var exception = await Assert.ThrowsAsync<ArgumentException>(async () => await Mics6814CalibrationFile.SaveAsync(FilePath, Calibration with { AmmoniaOhms = double.NaN }, Token));

        Assert.Contains("AmmoniaOhms", exception.Message, StringComparison.Ordinal);
        Assert.Equal(Calibration, await Mics6814CalibrationFile.LoadAsync(FilePath, Token));
    }

    private static void AssertRefused(string text, string complaint)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Mics6814CalibrationFile.Parse(Encoding.UTF8.GetBytes(text), "/data/gas.json"));

        Assert.StartsWith("/data/gas.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
        Assert.Contains("calibrate again", exception.Message, StringComparison.Ordinal);
    }
}
