using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ElectricBrain.Samples.DeployTool.Output;

/// <summary>The JSON that the command prints: camelCase, documented in the README; fields are only ever added.</summary>
[JsonSerializable(typeof(IReadOnlyList<NodeDocument>))]
[JsonSerializable(typeof(IReadOnlyList<TaskDocument>))]
[JsonSerializable(typeof(IReadOnlyList<ChangeDocument>))]
[JsonSerializable(typeof(PlanDocument))]
[JsonSerializable(typeof(UpDocument))]
internal sealed partial class Documents : JsonSerializerContext
{
    /// <summary>For a terminal or a program, never for a page: letters stay letters.</summary>
    public static Documents Readable { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Text<T>(T value) where T : notnull => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()!);
}
