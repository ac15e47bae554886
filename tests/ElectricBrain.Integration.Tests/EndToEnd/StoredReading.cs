namespace ElectricBrain.Integration.Tests.EndToEnd;

/// <summary>A reading as a store has it.</summary>
internal sealed record StoredReading(
    string Host, string Device, string Sensor, string Type, string Unit, bool Simulated, DateTimeOffset Timestamp, double Value);
