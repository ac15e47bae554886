using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ElectricBrain.Swarm.Connections.Docker;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class RawJson : JsonSerializerContext;
