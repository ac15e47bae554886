using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Telemetry.Outbox;
using Microsoft.AspNetCore.Connections;

namespace ElectricBrain.Samples.SensorAgent;

/// <summary>Why the agent ends, for the person or script that started it.</summary>
/// <param name="ExitCode">One of <see cref="SensorAgent.ExitCode"/>.</param>
/// <param name="Message">One line that names the thing and the remedy.</param>
internal sealed record Failure(int ExitCode, string Message)
{
    /// <summary>The failure behind an exception; null for what the agent does not expect, which is a bug and keeps its trace.</summary>
    public static Failure? Describe(Exception exception) => exception switch
    {
        AgentException e => new Failure(e.ExitCode, OneLine(e.Message)),
        SensorException { Fault: SensorFault.None } => null,
        SensorException e => new Failure(SensorAgent.ExitCode.Sensor, OneLine($"{e.Message} To run without a hat, use --simulate.")),
        OutboxInUseException e => new Failure(SensorAgent.ExitCode.Store, OneLine($"{e.Message} With --data DIR an agent keeps its readings elsewhere.")),
        IOException { InnerException: AddressInUseException } e => new Failure(SensorAgent.ExitCode.Address, OneLine($"{e.Message} Stop what uses it, or choose another with --port or --urls.")),
        IOException or UnauthorizedAccessException => new Failure(SensorAgent.ExitCode.Failure, OneLine(exception.Message)),
        OperationCanceledException => new Failure(SensorAgent.ExitCode.Success, "stopped."),
        _ => null,
    };

    /// <summary>What is wrong with an argument, without the name of our parameter, which says nothing to people.</summary>
    public static string ReasonOf(ArgumentException exception) => exception.Message.Split(" (Parameter", 2)[0];

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
