using System.Buffers;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ElectricBrain.Telemetry.Mqtt.HomeAssistant;

/// <summary>
/// The configuration of one sensor as Home Assistant's MQTT discovery takes it
/// (https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery, https://www.home-assistant.io/integrations/sensor.mqtt/).
/// </summary>
internal sealed class DiscoveryDocument(MqttOptions options, MqttTopics topics)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string Version =
        typeof(DiscoveryDocument).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public byte[] Encode(TelemetrySeries series)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Json))
        {
            Write(json, series);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter json, TelemetrySeries series)
    {
        var sensor = SensorClass.Of(series);
        json.WriteStartObject();
        json.WriteString("name"u8, Title(series));
        json.WriteString("unique_id"u8, $"electricbrain-{MqttTopics.Identifier(series.HostName)}-{MqttTopics.ObjectId(series)}");
        json.WriteString("state_topic"u8, topics.State(series));
        json.WriteString("value_template"u8, "{{ value_json.value }}");
        WriteIfAny(json, "device_class", sensor.DeviceClass);
        WriteIfAny(json, "unit_of_measurement", sensor.Unit);
        json.WriteString("state_class"u8, "measurement"u8);
        json.WriteNumber("expire_after"u8, (long)options.ExpireAfter.TotalSeconds);
        json.WriteNumber("qos"u8, 1);
        json.WriteStartArray("availability"u8);
        json.WriteStartObject();
        json.WriteString("topic"u8, topics.Availability);
        json.WriteEndObject();
        json.WriteEndArray();
        WriteDevice(json, series);
        json.WriteStartObject("origin"u8);
        json.WriteString("name"u8, "ElectricBrain"u8);
        json.WriteString("sw_version"u8, Version);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // What is simulated is a device of its own, so that nobody takes its values for real ones.
    private static void WriteDevice(Utf8JsonWriter json, TelemetrySeries series)
    {
        var mark = series.IsSimulated ? "-simulated" : "";
        json.WriteStartObject("device"u8);
        json.WriteStartArray("identifiers"u8);
        json.WriteStringValue($"electricbrain-{MqttTopics.Identifier(series.HostName)}-{MqttTopics.Identifier(series.DeviceId)}{mark}");
        json.WriteEndArray();
        json.WriteString("name"u8, $"{series.HostName} {series.DeviceId}{(series.IsSimulated ? " (simulated)" : "")}");
        json.WriteString("model"u8, series.DeviceId);
        json.WriteEndObject();
    }

    // Home Assistant puts the device's name before it. Two sensors of one device may measure the same quantity: the id tells them apart.
    private static string Title(TelemetrySeries series)
    {
        var type = char.ToUpperInvariant(series.SensorType[0]) + series.SensorType[1..];
        return $"{type} ({series.SensorId.Split('.')[0]})";
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
