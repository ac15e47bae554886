namespace ElectricBrain.Sensors.Sound.Filters;

/// <summary>Gaussian elimination with partial pivoting.</summary>
internal static class LinearEquations
{
    /// <summary>Solves a small dense system in place.</summary>
    /// <param name="matrix">Row after row, each with its right side as the last element; overwritten.</param>
    /// <param name="solution">Receives the unknowns; its length is their number.</param>
    public static void Solve(Span<double> matrix, Span<double> solution)
    {
        var n = solution.Length;
        var width = n + 1;
        for (var column = 0; column < n; column++)
        {
            SwapRows(matrix, width, column, Pivot(matrix, width, column));
            for (var row = column + 1; row < n; row++)
            {
                var factor = matrix[row * width + column] / matrix[column * width + column];
                for (var k = column; k < width; k++)
                {
                    matrix[row * width + k] -= factor * matrix[column * width + k];
                }
            }
        }

        for (var row = n - 1; row >= 0; row--)
        {
            var value = matrix[row * width + n];
            for (var k = row + 1; k < n; k++)
            {
                value -= matrix[row * width + k] * solution[k];
            }

            solution[row] = value / matrix[row * width + row];
        }
    }

    private static int Pivot(ReadOnlySpan<double> matrix, int width, int column)
    {
        var pivot = column;
        for (var row = column + 1; row < width - 1; row++)
        {
            if (Math.Abs(matrix[row * width + column]) > Math.Abs(matrix[pivot * width + column]))
            {
                pivot = row;
            }
        }

        return pivot;
    }

    private static void SwapRows(Span<double> matrix, int width, int one, int other)
    {
        for (var k = 0; one != other && k < width; k++)
        {
            (matrix[one * width + k], matrix[other * width + k]) = (matrix[other * width + k], matrix[one * width + k]);
        }
    }
}
