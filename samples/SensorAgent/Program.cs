using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Samples.SensorAgent.Options;

return await AgentCommand.InvokeAsync(args, static (options, cancellationToken) => options switch
{
    { Calibrate: not null } => Calibrating.RunAsync(options, Console.Out, TimeProvider.System, cancellationToken),
    { Once: true } => OneReading.RunAsync(options, Console.Out, cancellationToken),
    _ => Agent.RunAsync(options, cancellationToken),
});
