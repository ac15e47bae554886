namespace ElectricBrain.Architecture.Tests;

/// <summary>How the packages' types are shaped.</summary>
public sealed class PublicSurfaceTests
{
    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void Classes_NotMadeForInheritance_AreSealed(string package)
    {
        var types = Packages.TypesOf(package).ToList();
        var bases = types.Select(type => type.BaseType).Select(type => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type).ToHashSet();

        var open = types.Where(type => type is { IsClass: true, IsAbstract: false, IsSealed: false } && !bases.Contains(type) && !IsCompilerMade(type));

        Assert.Empty(open.Select(type => type.FullName));
    }

    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void TypeNames_InThePackage_SayWhatTheTypeIs(string package)
    {
        string[] emptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utilities"];

        var vague = Packages.TypesOf(package).Where(type => emptyWords.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)));

        Assert.Empty(vague.Select(type => type.FullName));
    }

    private static bool IsCompilerMade(Type type) => type.Name.Contains('<', StringComparison.Ordinal);
}
