using ElectricBrain.Sensors.Devices.Bme280;
using ElectricBrain.Sensors.Devices.Ltr559;
using ElectricBrain.Sensors.Devices.Mics6814;
using ElectricBrain.Sensors.Devices.Pms5003;

namespace ElectricBrain.Sensors.Tests.Soak;

/// <summary>What the sensors had to say at one tick.</summary>
internal readonly record struct SoakReading(Bme280Reading? Climate, Ltr559Reading? Light, Mics6814Reading? Gas, Pms5003Reading? Particles);
