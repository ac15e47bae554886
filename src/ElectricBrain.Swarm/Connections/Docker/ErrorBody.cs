using System.Text.Json;

namespace ElectricBrain.Swarm.Connections.Docker;

/// <summary>The body of an answer that refuses a request.</summary>
/// <param name="Message">What it says; the text itself where a proxy in between answered in HTML or plain text.</param>
/// <param name="Details">What Portainer says beside it; null in an engine's answer.</param>
internal readonly record struct ErrorBody(string Message, string? Details)
{
    private const int LongestMessage = 1000;

    public static ErrorBody Read(string body)
    {
        string text = body.Trim();
        string? details = null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                text = json.RootElement.TryGetProperty("message", out JsonElement message) ? message.ToString().Trim() : text;
                details = json.RootElement.TryGetProperty("details", out JsonElement more) && more.ValueKind == JsonValueKind.String ? more.GetString() : null;
            }
        }
        catch (JsonException)
        {
            // The text, then.
        }

        return new ErrorBody(text.Length <= LongestMessage ? text : text[..LongestMessage], details);
    }
}
