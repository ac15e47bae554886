using System.Buffers.Binary;

namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>The thirteen words of a data frame (Plantower manual, appendix I).</summary>
internal readonly record struct Pms5003Frame(Pms5003Mass Standard, Pms5003Mass Atmospheric, Pms5003Counts Counts, ushort VersionAndError)
{
    public const int BodyLength = 26;

    /// <summary>
    /// While it starts, the sensor sends zeros throughout, and some units then masses without a particle: neither was measured.
    /// </summary>
    public bool IsMeasured => Counts != default
        && (Counts.Above300Nanometres > 0 || (Standard.Pm10MicrogramsPerCubicMetre == 0 && Atmospheric.Pm10MicrogramsPerCubicMetre == 0));

    /// <param name="body">The bytes behind the length.</param>
    public static Pms5003Frame Parse(ReadOnlySpan<byte> body) => new(
        new Pms5003Mass(Word(body, 0), Word(body, 1), Word(body, 2)),
        new Pms5003Mass(Word(body, 3), Word(body, 4), Word(body, 5)),
        new Pms5003Counts(Word(body, 6), Word(body, 7), Word(body, 8), Word(body, 9), Word(body, 10), Word(body, 11)),
        (ushort)Word(body, 12));

    public void Format(Span<byte> body)
    {
        ReadOnlySpan<int> words =
        [
            Standard.Pm1MicrogramsPerCubicMetre, Standard.Pm25MicrogramsPerCubicMetre, Standard.Pm10MicrogramsPerCubicMetre,
            Atmospheric.Pm1MicrogramsPerCubicMetre, Atmospheric.Pm25MicrogramsPerCubicMetre, Atmospheric.Pm10MicrogramsPerCubicMetre,
            Counts.Above300Nanometres, Counts.Above500Nanometres, Counts.Above1Micrometre,
            Counts.Above2500Nanometres, Counts.Above5Micrometres, Counts.Above10Micrometres,
            VersionAndError,
        ];
        for (var i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(body[(2 * i)..], (ushort)words[i]);
        }
    }

    private static int Word(ReadOnlySpan<byte> body, int index) => BinaryPrimitives.ReadUInt16BigEndian(body[(2 * index)..]);
}
