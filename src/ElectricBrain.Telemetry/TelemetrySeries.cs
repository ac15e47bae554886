using System.Runtime.CompilerServices;
using ElectricBrain.Telemetry.Documents;

namespace ElectricBrain.Telemetry;

/// <summary>
/// What a stream of readings measures and where: the identity under which values are stored. Make one per sensor and keep it: it
/// caches its encoded form, so that writing a reading allocates nothing.
/// </summary>
public sealed class TelemetrySeries : IEquatable<TelemetrySeries>
{
    /// <summary>The longest name, in UTF-16 units; Elasticsearch refuses dimensions above 1,024 bytes in its older versions.</summary>
    public const int MaximumNameLength = 256;

    private SeriesIdentity? _identity;

    /// <summary>The machine that took the readings (ECS <c>host.name</c>).</summary>
    public required string HostName { get; init => field = Checked(value); }

    /// <summary>The device that carries the sensor, such as <c>enviro</c> (ECS <c>device.id</c>).</summary>
    public required string DeviceId { get; init => field = Checked(value); }

    /// <summary>The sensor and its channel, such as <c>bme280.temperature</c>; unique within the device.</summary>
    public required string SensorId { get; init => field = Checked(value); }

    /// <summary>The measured quantity, such as <c>temperature</c>.</summary>
    public required string SensorType { get; init => field = Checked(value); }

    /// <summary>The unit of the values as a UCUM code: <c>Cel</c>, <c>%</c>, <c>Pa</c>, <c>lx</c>; <c>1</c> where there is none.</summary>
    public required string Unit { get; init => field = Checked(value); }

    /// <summary>Whether the values come from a simulation and describe nothing real.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>
    /// The series as one string of percent-encoded segments, <c>host/device/sensor/type/unit</c>, with <c>/simulated</c> appended
    /// for simulated values. Equal series have equal keys.
    /// </summary>
    public string Key => Identity.Key;

    /// <summary>The cached encodings.</summary>
    internal SeriesIdentity Identity => Volatile.Read(ref _identity) ?? CacheIdentity();

    /// <inheritdoc/>
    public bool Equals(TelemetrySeries? other) => ReferenceEquals(this, other) || (other is not null && Key == other.Key);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TelemetrySeries);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns <see cref="Key"/>.</summary>
    public override string ToString() => Key;

    private SeriesIdentity CacheIdentity()
    {
        var identity = new SeriesIdentity(this);
        Volatile.Write(ref _identity, identity);
        return identity;
    }

    private static string Checked(string value, [CallerMemberName] string name = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        if (value.Length is 0 or > MaximumNameLength)
        {
            throw new ArgumentException(
                value.Length == 0
                    ? $"The {name} of a series must not be empty; give a dimensionless series the unit \"1\"."
                    : $"The {name} of a series has {value.Length} characters; at most {MaximumNameLength} are allowed.",
                name);
        }

        return value;
    }
}
