using System.Globalization;
using System.Text.Json;

namespace ElectricBrain.Benchmarks.Peers;

/// <summary>Our value beside the peer's.</summary>
internal sealed record PeerResult(string Package, string Case, PeerValue Value, double? Theirs, string? Error)
{
    private const double Tolerance = 1e-9;

    public bool IsSame => Error is null
        && (Value.Ours is { } ours && Theirs is { } theirs
            ? Math.Abs(ours - theirs) <= Tolerance * Math.Max(1, Math.Abs(ours))
            : Value.Ours is null && Theirs is null);

    /// <summary>Whether the values differ exactly where a reason says so.</summary>
    public bool IsExplained => IsSame == Value.Reason is null;

    public static PeerResult Of(string package, string name, PeerValue value, JsonElement reply)
    {
        if (reply.TryGetProperty("error", out var error))
        {
            return new PeerResult(package, name, value, null, error.GetString());
        }

        var theirs = reply.GetProperty("values").GetProperty(value.Quantity);
        return new PeerResult(package, name, value, theirs.ValueKind == JsonValueKind.Null ? null : theirs.GetDouble(), null);
    }

    public override string ToString() =>
        $"| {Package} | {Case} | {Value.Quantity} | {Text(Value.Ours)} | {Error ?? Text(Theirs)} | {(IsExplained ? Value.Reason : IsSame ? "SAME, although: " + Value.Reason : "NOT EXPLAINED")} |";

    private static string Text(double? value) => value switch
    {
        null => "none",
        { } number when Math.Abs(number) >= 1e9 => number.ToString("0.###e0", CultureInfo.InvariantCulture),
        { } number => number.ToString(Math.Abs(number) >= 1_000 ? "#,0.#" : Math.Abs(number) >= 1 ? "0.###" : "0.#####", CultureInfo.InvariantCulture),
    };
}
