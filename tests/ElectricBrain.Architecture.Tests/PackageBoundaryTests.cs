using System.Reflection;

namespace ElectricBrain.Architecture.Tests;

/// <summary>What a package may know of others.</summary>
public sealed class PackageBoundaryTests
{
    [Theory]
    [MemberData(nameof(Packages.Names), MemberType = typeof(Packages))]
    public void Package_References_AreNoneOfTheOtherPackages(string package)
    {
        var references = Assembly.Load(package).GetReferencedAssemblies().Select(reference => reference.Name!);

        // An add-on is named after the package that it adds to, and may know that one alone.
        Assert.DoesNotContain(references, name => name.StartsWith("ElectricBrain.", StringComparison.Ordinal) && !package.StartsWith(name + ".", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ElectricBrain.Swarm", "Docker.DotNet", "YamlDotNet")]
    [InlineData("ElectricBrain.Telemetry", "Microsoft.Data.Sqlite", "SQLitePCL")]
    [InlineData("ElectricBrain.Telemetry.Mqtt", "MQTTnet")]
    public void PublicSignatures_OfThePackage_ShowNoTypeOfItsDependencies(string package, params string[] hidden)
    {
        var shown = Packages.TypesOf(package).Where(type => type.IsVisible).SelectMany(TypesShownBy).Distinct();

        Assert.DoesNotContain(shown, type => hidden.Any(name => type.Assembly.GetName().Name!.StartsWith(name, StringComparison.Ordinal)));
    }

    private static IEnumerable<Type> TypesShownBy(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var methods = type.GetMembers(Declared).OfType<MethodBase>().Where(method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly);
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily);
        return methods.SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType))
            .Concat(methods.OfType<MethodInfo>().Select(method => method.ReturnType))
            .Concat(fields.Select(field => field.FieldType))
            .Append(type.BaseType ?? typeof(object))
            .Concat(type.GetInterfaces())
            .SelectMany(WithArguments);
    }

    private static IEnumerable<Type> WithArguments(Type type) =>
        type.GetGenericArguments().SelectMany(WithArguments).Append(type.HasElementType ? type.GetElementType()! : type);
}
