using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ElectricBrain.Samples.SensorAgent.Options;
using ElectricBrain.Telemetry.Inspection;
using ElectricBrain.Telemetry.Outbox;

namespace ElectricBrain.Samples.SensorAgent.Outbox;

/// <summary>The command <c>outbox</c>: looks into the outbox of an agent, running or not, and lets a stopped one deliver records again.</summary>
internal sealed class OutboxCommand
{
    private readonly Option<string?> _data;
    private readonly Option<OutputFormat> _format;
    private readonly Option<long?> _from = new("--from") { Description = "First sequence number.", HelpName = "N" };
    private readonly Option<long?> _to = new("--to") { Description = "Last sequence number.", HelpName = "N" };
    private readonly Option<long?> _until = new("--until") { Description = "Last sequence number; copies are offered to every sink, so it excludes --sink.", HelpName = "N" };
    private readonly Option<string?> _sink = new("--sink") { Description = "Only this sink, such as elasticsearch. Default: all.", HelpName = "NAME" };
    private readonly Option<string?> _deadLetters = new("--dead-letters") { Description = "Offer the dead letters of this sink again.", HelpName = "NAME" };

    private OutboxCommand(Option<string?> data, Option<OutputFormat> format) => (_data, _format) = (data, format);

    /// <summary>Makes the command with the agent's own options for directory and format.</summary>
    public static Command Create(Option<string?> data, Option<OutputFormat> format)
    {
        var outbox = new OutboxCommand(data, format);
        return new Command("outbox", "Look into the outbox, or have records delivered again.")
        {
            outbox.Status(), outbox.Verify(), outbox.Replay(), outbox.Export(),
        };
    }

    private Command Status() => Reading(
        "status",
        "What the outbox holds, and how far each sink is.",
        static (inspector, _) => inspector.GetReport(),
        OutboxJsonContext.Default.OutboxReport,
        OutboxText.Of,
        static _ => ExitCode.Success);

    private Command Verify() => Reading(
        "verify",
        $"Read every record. Exit code {ExitCode.Damaged} when something is damaged.",
        static (inspector, cancellationToken) => inspector.Verify(cancellationToken),
        OutboxJsonContext.Default.OutboxVerification,
        OutboxText.Of,
        static found => found.IsIntact ? ExitCode.Success : ExitCode.Damaged);

    private Command Replay()
    {
        var command = new Command("replay", "Have a stopped agent deliver dead letters, or everything from a sequence number on or to another, again; the stores know what they have.")
        {
            _deadLetters, _from, _until, _sink, _data, _format,
        };
        command.SetAction((parsed, _) => RunAsync(parsed, directory =>
        {
            Print(parsed, Replay(parsed, directory), OutboxJsonContext.Default.ReplayReport, OutboxText.Of);
            return ExitCode.Success;
        }));
        return command;
    }

    private ReplayReport Replay(ParseResult parsed, string directory)
    {
        var (letters, from, until, sink) = (parsed.GetValue(_deadLetters), parsed.GetValue(_from), parsed.GetValue(_until), parsed.GetValue(_sink));
        AgentException.Require(until is null || from is not null, "--until needs --from N; it is the end of what begins there.");
        AgentException.Require(letters is null != from is null, "outbox replay needs either --dead-letters NAME or --from N; see outbox status for both.");
        AgentException.Require(until is null || until >= from, "--until is before --from; swap them.");
        AgentException.Require(until is null || sink is null, "--until and --sink exclude each other, since copies of a range are offered to every sink. Leave one out.");
        using var replay = new OutboxReplay(directory);
        return (letters, until) switch
        {
            ({ } name, _) => replay.ReplayDeadLetters(name),
            (_, { } last) => replay.ReplayRange(from!.Value, last),
            _ => replay.ReplayFrom(from!.Value, sink),
        };
    }

    private Command Export()
    {
        var command = new Command("export", "Print the records, one JSON document a line.") { _from, _to, _data };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, directory =>
        {
            foreach (var record in new OutboxInspector(directory).Read(parsed.GetValue(_from) ?? 1, parsed.GetValue(_to) ?? long.MaxValue))
            {
                cancellationToken.ThrowIfCancellationRequested();
                parsed.InvocationConfiguration.Output.WriteLine(Encoding.UTF8.GetString(record.Document.Span));
            }

            return ExitCode.Success;
        }));
        return command;
    }

    private Command Reading<T>(
        string name, string description, Func<OutboxInspector, CancellationToken, T> read, JsonTypeInfo<T> json, Func<T, string> text, Func<T, int> exitCode)
    {
        var command = new Command(name, description) { _data, _format };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, directory =>
        {
            var report = read(new OutboxInspector(directory), cancellationToken);
            Print(parsed, report, json, text);
            return exitCode(report);
        }));
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, Func<string, int> run)
    {
        var data = parsed.GetValue(_data);
        if (data is not null && string.IsNullOrWhiteSpace(data))
        {
            throw new AgentException(ExitCode.Usage, "--data names no directory; give the one that the agent was given.");
        }

        try
        {
            return Task.FromResult(run(DataDirectory.Outbox(Path.GetFullPath(data ?? AgentEnvironment.DefaultDataDirectory()))));
        }
        catch (DirectoryNotFoundException e)
        {
            throw new AgentException(ExitCode.Store, $"{e.Message.TrimEnd('.')}; --data names the directory of the agent's readings.", e);
        }
        catch (OutboxInUseException e)
        {
            throw new AgentException(ExitCode.Store, $"Records are offered again by a stopped agent only. {e.Message}", e);
        }
        catch (ArgumentException e)
        {
            throw new AgentException(ExitCode.Usage, Failure.ReasonOf(e), e);
        }
    }

    private void Print<T>(ParseResult parsed, T report, JsonTypeInfo<T> json, Func<T, string> text) =>
        parsed.InvocationConfiguration.Output.WriteLine(parsed.GetValue(_format) == OutputFormat.Json ? JsonSerializer.Serialize(report, json) : text(report));
}
