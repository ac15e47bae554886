namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>How long the store on this machine keeps what; null for ever. Roll-ups of an hour and of a day are kept for ever.</summary>
/// <param name="Readings">Single readings.</param>
/// <param name="Minutes">Roll-ups of a minute.</param>
internal sealed record Retention(TimeSpan? Readings, TimeSpan? Minutes)
{
    /// <exception cref="AgentException">The roll-ups would end before what they sum up.</exception>
    public static Retention Build(AgentArguments arguments)
    {
        var minutes = arguments.KeepMinutes ?? TimeSpan.FromTicks(Math.Max(RetentionText.DefaultMinutes.Ticks, arguments.Keep.Ticks));
        return minutes >= arguments.Keep
            ? new Retention(OrNull(arguments.Keep), OrNull(minutes))
            : throw new AgentException(ExitCode.Usage, "--keep-minutes is shorter than --keep; roll-ups are kept at least as long as the readings that they sum up.");
    }

    private static TimeSpan? OrNull(TimeSpan retention) => retention == RetentionText.Forever ? null : retention;
}
