using ElectricBrain.Telemetry;

namespace ElectricBrain.Samples.Tests.Dashboards;

/// <summary>Four rooms with a hat each, as the agent would record them: days and nights, an outage, and a room that fell silent.</summary>
internal static class Shelf
{
    public const string Device = "enviro";

    public static readonly IReadOnlyList<string> Rooms = ["attic", "bedroom", "kitchen", "workshop"];

    private static readonly (string Id, string Type, string Unit, Func<double, int, double> Value)[] Quantities =
    [
        ("bme280.temperature", "temperature", "Cel", static (hour, room) => 19.5 + (room * 1.3) + (2.2 * Day(hour))),
        ("bme280.humidity", "humidity", "%", static (hour, room) => 52 - (room * 4) - (7 * Day(hour))),
        ("bme280.pressure", "pressure", "Pa", static (hour, room) => 101_100 + (160 * Math.Cos(hour / 12 * Math.PI)) - (room * 12)),
        ("ltr559.illuminance", "illuminance", "lx", static (hour, room) => Math.Max(0, (420 - (room * 90)) * Day(hour)) + (Evening(hour) * (90 + (room * 30)))),
        ("microphone.laeq", "sound_level", "dB[SPL]", static (hour, room) => 33 + (room * 2.5) + (22 * Evening(hour)) + (6 * Math.Max(0, Day(hour)))),
        ("pms5003.pm1", "pm1", "ug/m3", static (hour, room) => 2 + room + (Evening(hour) * (5 + (room * 2)))),
        ("pms5003.pm2_5", "pm2_5", "ug/m3", static (hour, room) => 4 + room + (Evening(hour) * (8 + (room * 3)))),
        ("pms5003.pm10", "pm10", "ug/m3", static (hour, room) => 6 + (room * 1.5) + (Evening(hour) * (10 + (room * 4)))),
        ("mics6814.oxidising", "oxidising_gases", "Ohm", static (hour, room) => 18_000 + (room * 900) - (1500 * Day(hour))),
        ("mics6814.reducing", "reducing_gases", "Ohm", static (hour, room) => 360_000 - (room * 25_000) + (30_000 * Day(hour))),
        ("mics6814.ammonia", "ammonia", "Ohm", static (hour, room) => 110_000 + (room * 9000) + (8000 * Day(hour))),
        ("cpu.temperature", "cpu_temperature", "Cel", static (hour, room) => 47 + (room * 6) + (3 * Day(hour)) + (room == 3 ? 9 * Math.Max(0, Day(hour + 4)) : 0)),
    ];

    public static IReadOnlyList<TelemetrySeries> Series { get; } =
        [.. Rooms.SelectMany(static room => Quantities.Select(quantity => new TelemetrySeries { HostName = room, DeviceId = Device, SensorId = quantity.Id, SensorType = quantity.Type, Unit = quantity.Unit, IsSimulated = room == "attic" }))];

    /// <summary>The readings of all rooms, a set every so often, the last one before <paramref name="until"/>.</summary>
    public static IEnumerable<TelemetryRecord> Records(DateTimeOffset until, TimeSpan length, TimeSpan every)
    {
        for (var at = until - length; at < until; at += every)
        {
            for (var i = 0; i < Series.Count; i++)
            {
                var (room, quantity) = (i / Quantities.Length, Quantities[i % Quantities.Length]);
                var left = until - at;
                var isSilent = (room == 3 && left > TimeSpan.FromHours(6) && left < TimeSpan.FromHours(9)) || (room == 0 && left < TimeSpan.FromMinutes(40));
                if (!isSilent)
                {
                    var value = quantity.Value(at.TimeOfDay.TotalHours, room);
                    yield return new TelemetryRecord(Series[i], at, Math.Round(value + (Math.Min(value * 0.03, 20) * Noise(at.ToUnixTimeMilliseconds() / 60_000, i)), 2));
                }
            }
        }
    }

    private static double Day(double hour) => Math.Sin((hour - 8) / 24 * 2 * Math.PI);

    // Somebody cooks, and the lights are on.
    private static double Evening(double hour) => Math.Exp(-Math.Pow((hour - 19.5) / 1.6, 4));

    // The same for every run, without a pattern that the eye finds.
    private static double Noise(long minute, int series)
    {
        var mixed = unchecked((ulong)((minute * 2_654_435_761) ^ (series * 40_503L)) * 0x9E3779B97F4A7C15);
        return ((mixed >> 40) / (double)(1 << 24)) - 0.5;
    }
}
