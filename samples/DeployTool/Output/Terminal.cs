using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ElectricBrain.Samples.DeployTool.Output;

/// <summary>Standard output and standard error: colours and live views on a terminal, plain text elsewhere and under NO_COLOR.</summary>
internal sealed class Terminal
{
    // A file or a pipe has no width to wrap at.
    private const int UnboundedWidth = 400;

    private readonly TextWriter _output;
    private readonly IAnsiConsole _out;
    private readonly IAnsiConsole _error;

    public Terminal(TextWriter output, TextWriter error, Func<string, string?> environment)
    {
        bool mayColour = string.IsNullOrEmpty(environment("NO_COLOR")) && environment("TERM") != "dumb";
        IsLive = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && environment("TERM") != "dumb";
        bool isErrorLive = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        _output = output;
        _out = Create(output, IsLive, mayColour);
        _error = Create(error, isErrorLive, mayColour);
    }

    /// <summary>Whether a person watches standard output.</summary>
    public bool IsLive { get; }

    public IAnsiConsole Live => _out;

    public void Show(IRenderable renderable)
    {
        _out.Write(renderable);
        if (renderable is not Table)
        {
            _out.WriteLine();
        }
    }

    public void Line(string markup) => _out.MarkupLine(markup);

    public void Note(string text) => _error.WriteLine(text);

    public void Warn(string text) => _error.MarkupLine($"[yellow]warning:[/] {Markup.Escape(text)}");

    public void Error(string text) => _error.MarkupLine($"[red]error:[/] {Markup.Escape(text)}");

    public void Json<T>(T value, JsonTypeInfo<T> type) => _output.WriteLine(JsonSerializer.Serialize(value, type));

    private static IAnsiConsole Create(TextWriter writer, bool isLive, bool mayColour)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isLive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isLive && mayColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isLive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isLive)
        {
            console.Profile.Width = UnboundedWidth;
        }

        return console;
    }
}
