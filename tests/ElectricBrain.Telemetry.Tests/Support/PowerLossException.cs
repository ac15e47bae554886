namespace ElectricBrain.Telemetry.Tests.Support;

/// <summary>The machine is off: every further call on the disk fails with this.</summary>
internal sealed class PowerLossException : Exception;
