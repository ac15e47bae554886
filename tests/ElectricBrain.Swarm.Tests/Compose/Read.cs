using ElectricBrain.Swarm.Compose;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Tests.Compose;

/// <summary>Reads stack files that stand in tests.</summary>
internal static class Read
{
    public static StackSpec Stack(string text, params (string Name, string Value)[] variables) => File(text, variables).Stack;

    public static ServiceSpec Service(string yaml, params (string Name, string Value)[] variables) =>
        Stack($"services:\n  web:\n    image: nginx\n{Indent(yaml)}", variables).Services[0];

    public static ComposeStack File(string text, params (string Name, string Value)[] variables) => ComposeFile.Parse(
        text, "stack.yml", "/stacks", "st", name => variables.FirstOrDefault(variable => variable.Name == name).Value);

    public static IReadOnlyList<ComposeProblem> Problems(string text, params (string Name, string Value)[] variables) =>
        Assert.Throws<ComposeException>(() => File(text, variables)).Problems;

    public static ComposeProblem ServiceProblem(string yaml) =>
        Assert.Single(Problems($"services:\n  web:\n    image: nginx\n{Indent(yaml)}"));

    private static string Indent(string yaml) => string.Join('\n', yaml.Split('\n').Select(line => $"    {line}"));
}
