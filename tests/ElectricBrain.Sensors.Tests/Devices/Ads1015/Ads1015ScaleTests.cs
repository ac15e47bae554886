using CsCheck;
using ElectricBrain.Sensors.Devices.Ads1015;

namespace ElectricBrain.Sensors.Tests.Devices.Ads1015;

public sealed class Ads1015ScaleTests
{
    private static readonly Gen<Ads1015Model> Model = Gen.Enum<Ads1015Model>();
    private static readonly Gen<Ads1015Range> Range = Gen.Enum<Ads1015Range>();

    /// <summary>The datasheet's table of codes (SBAS473, table 4) and the vector of the board: 0x2260 at 6.144 V is 1.650 V.</summary>
    [Theory]
    [InlineData(0x2260, Ads1015Range.Mv6144, 550, 1.65)]
    [InlineData(0x0010, Ads1015Range.Mv6144, 1, 0.003)]
    [InlineData(0x0010, Ads1015Range.Mv4096, 1, 0.002)]
    [InlineData(0x0010, Ads1015Range.Mv2048, 1, 0.001)]
    [InlineData(0x0010, Ads1015Range.Mv1024, 1, 0.0005)]
    [InlineData(0x0010, Ads1015Range.Mv512, 1, 0.00025)]
    [InlineData(0x0010, Ads1015Range.Mv256, 1, 0.000125)]
    [InlineData(0xFFF0, Ads1015Range.Mv2048, -1, -0.001)]
    [InlineData(0x0000, Ads1015Range.Mv2048, 0, 0)]
    [InlineData(0x7FE0, Ads1015Range.Mv2048, 2046, 2.046)]
    [InlineData(0x8010, Ads1015Range.Mv2048, -2047, -2.047)]
    public void Decode_Ads1015Codes_AreTheDatasheetsVoltages(int register, Ads1015Range range, int counts, double volts)
    {
        var reading = Ads1015Scale.Decode((ushort)register, Ads1015Model.Ads1015, Ads1015Input.Single0, range);

        Assert.Equal(counts, reading.Counts);
        Assert.Equal(volts, reading.Volts!.Value, 1e-12);
    }

    [Theory]
    [InlineData(0x0001, Ads1015Range.Mv6144, 187.5e-6)]
    [InlineData(0x0001, Ads1015Range.Mv256, 7.8125e-6)]
    [InlineData(0xFFFF, Ads1015Range.Mv2048, -62.5e-6)]
    public void Decode_Ads1115Codes_HaveSixteenBits(int register, Ads1015Range range, double volts) =>
        Assert.Equal(volts, Ads1015Scale.Decode((ushort)register, Ads1015Model.Ads1115, Ads1015Input.Single0, range).Volts!.Value, 1e-12);

    [Theory]
    [InlineData(0x7FF0, Ads1015Model.Ads1015)]
    [InlineData(0x8000, Ads1015Model.Ads1015)]
    [InlineData(0x7FFF, Ads1015Model.Ads1115)]
    [InlineData(0x8000, Ads1015Model.Ads1115)]
    public void Decode_EndOfTheRange_IsNoVoltage(int register, Ads1015Model model) =>
        Assert.Null(Ads1015Scale.Decode((ushort)register, model, Ads1015Input.Single0, Ads1015Range.Mv2048).Volts);

    [Fact]
    public void Encode_VoltageInTheRange_DecodesToItWithinHalfAStep() =>
        Gen.Select(Model, Range, Gen.Double[-0.99, 0.99]).Sample((model, range, share) =>
        {
            var volts = share * range.FullScaleVolts();
            var reading = Ads1015Scale.Decode(Ads1015Scale.Encode(volts, model, range), model, Ads1015Input.Single0, range);
            Assert.Equal(volts, reading.Volts!.Value, range.FullScaleVolts() / (1 << (model.Bits() - 1)) * 0.5001);
        });

    [Fact]
    public void Decode_AnyRegister_IsWithinTheRangeOrNull() =>
        Gen.Select(Model, Range, Gen.UShort).Sample((model, range, register) =>
        {
            var limit = range.FullScaleVolts();
            Assert.InRange(Ads1015Scale.Decode(register, model, Ads1015Input.Single0, range).Volts ?? 0, -limit, limit);
        });
}
