using System.Globalization;

namespace ElectricBrain.Swarm.Simulation.State;

/// <summary>Identifiers in the engine's two shapes, from the simulation's seed.</summary>
internal sealed class Identifiers(Random random)
{
    private const string Base36 = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>An identifier of a cluster object: 25 characters in base 36.</summary>
    public string NextObjectId() => new(random.GetItems<char>(Base36, 25));

    /// <summary>An identifier of a container: 64 hexadecimal digits.</summary>
    public string NextContainerId() => string.Create(64, random, static (digits, source) =>
    {
        for (var start = 0; start < digits.Length; start += 8)
        {
            _ = source.Next().TryFormat(digits[start..], out _, "x8", CultureInfo.InvariantCulture);
        }
    });
}
