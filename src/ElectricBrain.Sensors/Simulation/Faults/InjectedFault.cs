namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>A fault that was injected.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Target">Where: the address on the bus, <c>serial</c> or <c>sound</c>.</param>
/// <param name="Since">When it began.</param>
/// <param name="Until">When it ended; the same as <paramref name="Since"/> for what hits a single transfer.</param>
public readonly record struct InjectedFault(FaultKind Kind, string Target, DateTimeOffset Since, DateTimeOffset Until);
