using System.Buffers.Text;
using System.Globalization;

namespace ElectricBrain.Telemetry.Documents;

/// <summary>Writes finite numbers as the shortest JSON number that reads back as the same double.</summary>
internal static class NumberFormatter
{
    public const int MaximumLength = 32;

    private const double Scale = 1000;

    // Below this a thousandth count has at most 15 digits, and every decimal of 15 digits has a double of its own:
    // writing the count is then exact, and no shorter number reads back the same.
    private const double LargestScaled = 1e15;

    public static int Format(double value, Span<byte> destination)
    {
        var scaled = value * Scale;
        if (Math.Abs(scaled) < LargestScaled)
        {
            var thousandths = (long)Math.Round(scaled);
            if (thousandths / Scale == value && (thousandths != 0 || !double.IsNegative(value)))
            {
                return FormatThousandths(thousandths, destination);
            }
        }

        value.TryFormat(destination, out var written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int FormatThousandths(long thousandths, Span<byte> destination)
    {
        var position = 0;
        if (thousandths < 0)
        {
            destination[position++] = (byte)'-';
            thousandths = -thousandths;
        }

        var (whole, rest) = Math.DivRem(thousandths, 1000);
        Utf8Formatter.TryFormat(whole, destination[position..], out var written);
        position += written;
        if (rest == 0)
        {
            return position;
        }

        var fraction = (int)rest;
        destination[position] = (byte)'.';
        destination[position + 1] = (byte)('0' + fraction / 100);
        destination[position + 2] = (byte)('0' + fraction / 10 % 10);
        destination[position + 3] = (byte)('0' + fraction % 10);
        return position + (fraction % 10 != 0 ? 4 : fraction % 100 != 0 ? 3 : 2);
    }
}
