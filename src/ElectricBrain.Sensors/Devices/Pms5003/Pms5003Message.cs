namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>What the sensor sent: a data frame, or the acknowledgement of a command.</summary>
/// <param name="Frame">The data, null for an acknowledgement.</param>
/// <param name="Acknowledged">The command and its argument, as two bytes; 0 for data.</param>
internal readonly record struct Pms5003Message(Pms5003Frame? Frame, ushort Acknowledged);
