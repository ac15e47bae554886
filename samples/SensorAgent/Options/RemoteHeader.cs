namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>The machine that the hat sits on, where it is another one: it runs rgpiod.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">The TCP port of rgpiod.</param>
internal sealed record RemoteHeader(string Host, int Port);
