using System.Text;
using ElectricBrain.Sensors.Climate;

namespace ElectricBrain.Sensors.Tests.Climate;

public sealed class HeatObservationFileTests : IDisposable
{
    private const string Valid =
        """{ "observations": [{ "referenceCelsius": 21.5, "measuredCelsius": 30.25, "cpuCelsius": 49, "takenAt": "2026-06-01T12:00:00+00:00" }] }""";

    private static readonly HeatObservation Observation = new(21.5, 30.25, 49, new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("heat-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_directory.FullName, "heat.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task LoadAsync_WhatWasSaved_IsTheSame()
    {
        HeatObservation[] observations = [Observation, Observation with { CpuCelsius = 66.6 }];
        await HeatObservationFile.SaveAsync(FilePath, [Observation], Token);
        await HeatObservationFile.SaveAsync(FilePath, observations, Token);

        Assert.Equal(observations, await HeatObservationFile.LoadAsync(FilePath, Token));
        Assert.Equal([FilePath], Directory.GetFiles(_directory.FullName));
    }

    [Fact]
    public async Task LoadAsync_NoFile_HasNoObservations() => Assert.Empty(await HeatObservationFile.LoadAsync(FilePath, Token));

    [Fact]
    public void Parse_ValidText_HasTheObservation() => Assert.Equal([Observation], HeatObservationFile.Parse(Encoding.UTF8.GetBytes(Valid), "heat.json"));

    [Theory]
    [InlineData("21.5", "\"warm\"", "field 'observations[0].referenceCelsius'")]
    [InlineData("30.25", "null", "field 'observations[0].measuredCelsius' is missing")]
    [InlineData("49", "1e9", "field 'observations[0]' has temperatures that neither air nor a processor has")]
    [InlineData("cpuCelsius", "cpu", "field 'observations[0].cpu'")]
    [InlineData("\"observations\": [{", "\"observations\": [null, {", "field 'observations[0].referenceCelsius' is missing")]
    [InlineData(Valid, "{}", "field 'observations' is missing")]
    [InlineData(Valid, "", "the text is not as in observations of a computer's heat")]
    public void Parse_OneWrongField_NamesItAndTheFile(string valid, string wrong, string complaint)
    {
        var text = Encoding.UTF8.GetBytes(Valid.Replace(valid, wrong, StringComparison.Ordinal));

        var exception = Assert.Throws<InvalidDataException>(() => HeatObservationFile.Parse(text, "/data/heat.json"));

        Assert.StartsWith("/data/heat.json", exception.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_ImplausibleObservation_KeepsTheOldFile()
    {
        await HeatObservationFile.SaveAsync(FilePath, [Observation], Token);

        await Assert.ThrowsAsync<ArgumentException>(async () => await HeatObservationFile.SaveAsync(FilePath, [Observation with { CpuCelsius = double.NaN }], Token));

        Assert.Equal([Observation], await HeatObservationFile.LoadAsync(FilePath, Token));
    }
}
