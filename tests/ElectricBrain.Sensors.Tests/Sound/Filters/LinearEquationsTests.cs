using CsCheck;
using ElectricBrain.Sensors.Sound.Filters;

namespace ElectricBrain.Sensors.Tests.Sound.Filters;

public sealed class LinearEquationsTests
{
    [Fact]
    public void Solve_ZeroOnTheDiagonal_ExchangesRows()
    {
        double[] matrix = [0, 2, 6, 4, 1, 7];
        var solution = new double[2];

        LinearEquations.Solve(matrix, solution);

        Assert.Equal([1, 3], solution);
    }

    [Fact]
    public void Solve_AnyDominantSystem_FindsTheUnknowns() =>
        Gen.Select(Gen.Double[-1, 1].Array[9], Gen.Double[-10, 10].Array[3]).Sample((coefficients, unknowns) =>
        {
            var matrix = new double[12];
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 3; column++)
                {
                    var value = coefficients[3 * row + column] + (row == column ? 4 : 0);
                    matrix[4 * row + column] = value;
                    matrix[4 * row + 3] += value * unknowns[column];
                }
            }

            var solution = new double[3];
            LinearEquations.Solve(matrix, solution);

            Assert.All(unknowns.Zip(solution), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        });
}
