using ElectricBrain.Sensors.Enviro;

namespace ElectricBrain.AotSmoke.Examples;

internal static class SensorsExample
{
    public static async Task RunAsync()
    {
        // <example>
        // Without an I2C bus the same drivers read simulated chips; the reading says so.
        using var hat = EnviroHat.Open(new EnviroHatOptions { Simulate = !EnviroHat.IsBusPresent() });

        var reading = await hat.ReadSettledAsync();

        Console.WriteLine($"{reading.TemperatureCelsius:F1} °C   {reading.RelativeHumidityPercent:F0} %   {reading.PressurePascals / 100:F1} hPa");
        Console.WriteLine($"{reading.IlluminanceLux:F0} lx   simulated: {reading.IsSimulated}");
        Console.WriteLine($"{reading.Bme280.State} {reading.Bme280.Message}"); // a chip that fails yields null values and says why
        // </example>
    }
}
