namespace ElectricBrain.Telemetry.Documents;

/// <summary>The field of a document that bears a <see cref="ClockMark"/>, with the comma before it.</summary>
internal static class ClockField
{
    public const int MaximumLength = 25;

    public static ReadOnlySpan<byte> Of(ClockMark mark) => mark switch
    {
        ClockMark.Corrected => ",\"clock\":\"corrected\""u8,
        ClockMark.Unsynchronised => ",\"clock\":\"unsynchronised\""u8,
        _ => default,
    };

    /// <summary>The mark of a document, given up to its value.</summary>
    public static ClockMark ReadEnd(ReadOnlySpan<byte> head) =>
        head.EndsWith(Of(ClockMark.Corrected)) ? ClockMark.Corrected
        : head.EndsWith(Of(ClockMark.Unsynchronised)) ? ClockMark.Unsynchronised
        : ClockMark.None;
}
