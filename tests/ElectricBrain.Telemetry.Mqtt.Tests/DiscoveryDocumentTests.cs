using System.Text.Json;
using System.Text.RegularExpressions;
using ElectricBrain.Telemetry.Mqtt.HomeAssistant;
using ElectricBrain.Telemetry.Mqtt.Tests.Support;

namespace ElectricBrain.Telemetry.Mqtt.Tests;

/// <summary>
/// The announcement against the rules of Home Assistant's sensor and MQTT integrations: which members a sensor may have, how a topic
/// and an identifier look, and which units a device class allows.
/// </summary>
public sealed partial class DiscoveryDocumentTests
{
    private static readonly MqttOptions Options = new() { Broker = new Uri("mqtt://broker.lan"), ClientId = "agent-1" };

    // The members of an MQTT sensor in discovery, without abbreviations.
    private static readonly string[] AllowedMembers =
    [
        "availability", "availability_mode", "availability_template", "availability_topic", "default_entity_id", "device", "device_class", "enabled_by_default", "encoding",
        "entity_category", "entity_picture", "expire_after", "force_update", "icon", "json_attributes_template", "json_attributes_topic",
        "last_reset_value_template", "name", "options", "origin", "payload_available", "payload_not_available", "platform", "qos", "state_class",
        "state_topic", "suggested_display_precision", "unique_id", "unit_of_measurement", "value_template",
    ];

    private static readonly string[] AllowedDeviceMembers =
    [
        "configuration_url", "connections", "hw_version", "identifiers", "manufacturer", "model", "model_id", "name", "serial_number",
        "suggested_area", "sw_version", "via_device",
    ];

    [Theory]
    [InlineData("temperature", "Cel", "temperature", "°C")]
    [InlineData("humidity", "%", "humidity", "%")]
    [InlineData("pressure", "Pa", "atmospheric_pressure", "Pa")]
    [InlineData("illuminance", "lx", "illuminance", "lx")]
    [InlineData("proximity", "1", null, null)]
    [InlineData("pm2.5", "ug/m3", "pm25", "µg/m³")]
    [InlineData("sound", "dB[SPL]", "sound_pressure", "dB")]
    [InlineData("resistance", "Ohm", null, "Ω")]
    [InlineData("temperature", "Pa", null, "Pa")]
    public void Encode_Quantity_HasTheClassAndUnitThatHomeAssistantPairs(string type, string ucum, string? deviceClass, string? unit)
    {
        var document = Encode(Publisher.Series("chip.channel", type, ucum));

        Assert.Equal(deviceClass, Text(document, "device_class"));
        Assert.Equal(unit, Text(document, "unit_of_measurement"));
        Assert.Equal("measurement", Text(document, "state_class"));
    }

    [Fact]
    public void Encode_Sensor_HasOnlyDocumentedMembersAndAllThatDiscoveryNeeds()
    {
        var document = Encode(Publisher.Temperature);

        Assert.Subset(AllowedMembers.ToHashSet(), document.EnumerateObject().Select(static member => member.Name).ToHashSet());
        Assert.Subset(AllowedDeviceMembers.ToHashSet(), document.GetProperty("device").EnumerateObject().Select(static member => member.Name).ToHashSet());
        Assert.NotEmpty(document.GetProperty("device").GetProperty("identifiers").EnumerateArray());
        Assert.Equal("ElectricBrain", document.GetProperty("origin").GetProperty("name").GetString());
        Assert.Equal("electricbrain/agent-1/availability", document.GetProperty("availability")[0].GetProperty("topic").GetString());
        Assert.Equal("electricbrain/hostzero/enviro/bme280.temperature", Text(document, "state_topic"));
        Assert.Equal("{{ value_json.value }}", Text(document, "value_template"));
        Assert.Equal(300, document.GetProperty("expire_after").GetInt32());
        Assert.Equal("Temperature (bme280)", Text(document, "name"));
    }

    [Fact]
    public void Encode_SimulatedSeries_IsADeviceOfItsOwnThatSaysSo()
    {
        var real = Encode(Publisher.Series("bme280.temperature", "temperature", "Cel"));
        var simulated = Encode(Publisher.Series("bme280.temperature", "temperature", "Cel", isSimulated: true));

        Assert.NotEqual(Text(real, "unique_id"), Text(simulated, "unique_id"));
        Assert.NotEqual(Text(real, "state_topic"), Text(simulated, "state_topic"));
        Assert.Equal("hostzero enviro (simulated)", simulated.GetProperty("device").GetProperty("name").GetString());
        Assert.NotEqual(real.GetProperty("device").GetProperty("identifiers")[0].GetString(), simulated.GetProperty("device").GetProperty("identifiers")[0].GetString());
    }

    [Fact]
    public void Topics_NamesOfAnyLetters_AreValidAndDifferent()
    {
        string[] names = ["plain", "a/b", "a+b", "a#b", "a_b", "a-b", "a b", "ä", "a%2Fb", "\U0001F321", "a.b", "a_2Eb"];
        var topics = new MqttTopics(Options);
        var series = names.Select(static name => Publisher.Series(name, "temperature", "Cel")).ToList();
        var discovery = series.ConvertAll(topics.Discovery);
        var states = series.ConvertAll(topics.State);

        Assert.All(discovery, static topic => Assert.Matches(DiscoveryTopic(), topic!));
        Assert.Distinct(discovery);
        Assert.Distinct(states);
        Assert.All(states, static topic => Assert.Equal(4, topic.Split('/').Length));
        Assert.All(states, static topic => Assert.DoesNotMatch("[+#]", topic));
    }

    [Fact]
    public void Options_NotUsable_AreNamed()
    {
        Assert.StartsWith("MqttOptions.Broker", Problem(static options => options.Broker = new Uri("http://broker.lan")), StringComparison.Ordinal);
        Assert.StartsWith("MqttOptions.Password", Problem(static options => options.Password = "p"), StringComparison.Ordinal);
        Assert.StartsWith("MqttOptions.BaseTopic", Problem(static options => options.BaseTopic = "a/#"), StringComparison.Ordinal);
        Assert.StartsWith("MqttOptions.DiscoveryPrefix", Problem(static options => options.DiscoveryPrefix = ""), StringComparison.Ordinal);
        Assert.StartsWith("MqttOptions.ClientId", Problem(static options => options.ClientId = ""), StringComparison.Ordinal);
        Assert.StartsWith("MqttOptions.ExpireAfter", Problem(static options => options.ExpireAfter = TimeSpan.Zero), StringComparison.Ordinal);
    }

    private static string Problem(Action<MqttOptions> configure)
    {
        var options = new MqttOptions { Broker = new Uri("mqtt://broker.lan") };
        configure(options);
        return Assert.Throws<ArgumentException>(() => new MqttSink(options)).Message;
    }

    private static JsonElement Encode(TelemetrySeries series) =>
        JsonDocument.Parse(new DiscoveryDocument(Options, new MqttTopics(Options)).Encode(series)).RootElement;

    private static string? Text(JsonElement document, string member) => document.TryGetProperty(member, out var value) ? value.GetString() : null;

    // The form that the discovery of Home Assistant looks for behind its prefix.
    [GeneratedRegex("^homeassistant/sensor/[a-zA-Z0-9_-]+/[a-zA-Z0-9_-]+/config$")]
    private static partial Regex DiscoveryTopic();
}
