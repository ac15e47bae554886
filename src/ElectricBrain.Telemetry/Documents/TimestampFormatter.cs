using System.Globalization;

namespace ElectricBrain.Telemetry.Documents;

/// <summary>Writes instants as ISO 8601 in UTC with milliseconds, such as <c>2026-11-24T06:57:00.123Z</c>.</summary>
internal sealed class TimestampFormatter
{
    public const int Length = 24;

    private readonly byte[] _second = new byte[Length];
    private long _cachedSecond = long.MinValue;

    public void Format(long unixMilliseconds, Span<byte> destination)
    {
        var (second, millisecond) = Math.DivRem(unixMilliseconds, 1000);
        if (millisecond < 0)
        {
            second--;
            millisecond += 1000;
        }

        if (second != _cachedSecond)
        {
            // The calendar is worked out once a second; the readings of that second only differ in three digits.
            DateTimeOffset.FromUnixTimeSeconds(second).UtcDateTime.TryFormat(_second, out _, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
            _cachedSecond = second;
        }

        _second.CopyTo(destination);
        var digits = (int)millisecond;
        destination[20] = (byte)('0' + digits / 100);
        destination[21] = (byte)('0' + digits / 10 % 10);
        destination[22] = (byte)('0' + digits % 10);
    }

    /// <summary>Reads what <see cref="Format"/> wrote at the start of <paramref name="text"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long unixMilliseconds)
    {
        unixMilliseconds = 0;
        if (text.Length < Length || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.'
            || text[23] != 'Z'
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)
            || !TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second)
            || !TryNumber(text[20..23], out var millisecond)
            || year is 0 || month is 0 or > 12 || day is 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        var instant = new DateTimeOffset(year, month, day, hour, minute, second, millisecond, TimeSpan.Zero);
        unixMilliseconds = instant.ToUnixTimeMilliseconds();
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            number = number * 10 + digit - '0';
        }

        return true;
    }
}
