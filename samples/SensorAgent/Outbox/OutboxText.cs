using System.Globalization;
using System.Text;
using ElectricBrain.Telemetry.Inspection;

namespace ElectricBrain.Samples.SensorAgent.Outbox;

/// <summary>The reports on the outbox for people.</summary>
internal static class OutboxText
{
    public static string Of(OutboxReport report)
    {
        var text = new StringBuilder();
        Line($"Outbox    {report.Directory}, {(report.ProcessId is { } process ? $"in use by process {process}" : "not in use")}");
        Line($"Records   {(report.LastSequence == 0 ? "none" : $"{report.FirstSequence} to {report.LastSequence}")}, {report.Bytes} bytes in {report.Segments.Count} segments");
        foreach (var sink in report.Sinks)
        {
            Line($"{sink.Sink,-9} {sink.Pending} pending behind {sink.Position}, {sink.DeadLetters} dead letters ({sink.DeadLetterBytes} bytes)");
        }

        foreach (var file in report.Damaged)
        {
            Line($"Damaged   {file}");
        }

        return text.ToString().TrimEnd();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    public static string Of(OutboxVerification verification) => string.Join(
        Environment.NewLine,
        new[] { string.Create(CultureInfo.InvariantCulture, $"{verification.Records} records are intact ({verification.Held} wait for the clock), {verification.Corrupt} are damaged.") }
            .Concat(verification.Unreadable.Select(static file => $"Nothing can be read in {file}.")));

    public static string Of(ReplayReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Offered} records are offered again with the next start of the agent{(report.Skipped > 0 ? $"; {report.Skipped} lines are no records, and stay in the file" : "")}.");
}
