using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Samples.SensorAgent.Options;

return await AgentCommand.InvokeAsync(args, static (options, cancellationToken) =>
    options.Once ? OneReading.RunAsync(options, Console.Out, cancellationToken) : Agent.RunAsync(options, cancellationToken));
