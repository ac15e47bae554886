namespace ElectricBrain.Integration.Tests;

public sealed class PlaceholderTests
{
    [Fact]
    public void Skeleton_Built_Runs() => Assert.Equal(4, 2 + 2);
}
