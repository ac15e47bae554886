using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Display.Pages;

/// <summary>Why there is no value.</summary>
/// <param name="Short">In a word.</param>
/// <param name="Reason">In a few words, for a line of the panel.</param>
/// <param name="Colour">How bad it is.</param>
internal sealed record Absence(string Short, string Reason, Rgb565 Colour)
{
    /// <summary>There is one.</summary>
    public static readonly Absence None = new("", "", Palette.Text);

    public static readonly Absence NotYet = new("wait", "no reading yet", Palette.Warning);
    public static readonly Absence WarmingUp = new("warm", "warming up", Palette.Warning);
    public static readonly Absence Retrying = new("retry", "retrying", Palette.Warning);
    public static readonly Absence Stale = new("stale", "no new readings", Palette.Bad);
    public static readonly Absence OutOfRange = new("range", "out of range", Palette.Warning);

    private static readonly Absence BusMissing = Failure("bus missing");
    private static readonly Absence PermissionDenied = Failure("not permitted");
    private static readonly Absence NoAnswer = Failure("no answer");
    private static readonly Absence WrongChip = Failure("wrong chip");
    private static readonly Absence Stuck = Failure("stuck");
    private static readonly Absence InvalidData = Failure("invalid data");
    private static readonly Absence Overload = Failure("overload");
    private static readonly Absence Failed = Failure("failed");

    /// <summary>What the health of a sensor says about its values.</summary>
    public static Absence Of(SensorState state, SensorFault fault) => state switch
    {
        SensorState.Ok => None,
        SensorState.WarmingUp => WarmingUp,
        SensorState.Retrying => Retrying,
        _ => fault switch
        {
            SensorFault.BusMissing => BusMissing,
            SensorFault.PermissionDenied => PermissionDenied,
            SensorFault.NoAnswer => NoAnswer,
            SensorFault.WrongChip => WrongChip,
            SensorFault.Stuck => Stuck,
            SensorFault.InvalidData => InvalidData,
            SensorFault.Overload => Overload,
            _ => Failed,
        },
    };

    private static Absence Failure(string reason) => new("failed", reason, Palette.Bad);
}
