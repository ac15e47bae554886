using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Builds the nodes of a stack file from YAML events: anchors, aliases and merge keys resolved, lines kept, hostile input bounded.</summary>
internal sealed class ComposeYaml
{
    private const int DeepestNesting = 64;

    // A file of a few lines can ask for billions of nodes by aliases of aliases.
    private const long MostNodes = 200_000;

    private readonly Parser _parser;
    private readonly ComposeReport _report;
    private readonly Dictionary<AnchorName, ComposeNode> _anchors = [];

    private ComposeYaml(string text, ComposeReport report)
    {
        _parser = new Parser(new StringReader(text));
        _report = report;
    }

    /// <summary>Reads the one document of a file; null when it cannot be read, which the report then says.</summary>
    public static ComposeMapping? Read(string text, ComposeReport report)
    {
        try
        {
            return new ComposeYaml(text, report).ReadDocument();
        }
        catch (YamlException e)
        {
            report.Problem((int)e.Start.Line, "", $"this is not YAML: {e.InnerException?.Message ?? e.Message}");
            return null;
        }
    }

    private ComposeMapping? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Current is not DocumentStart)
        {
            _report.Problem(1, "", "the file is empty. Write at least one service under 'services:'.");
            return null;
        }

        _parser.Consume<DocumentStart>();
        ComposeNode root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Current is DocumentStart second)
        {
            _report.Problem((int)second.Start.Line, "", "a second document starts here; a stack file is one document. Remove the '---'.");
        }

        if (root is ComposeMapping mapping)
        {
            return mapping;
        }

        _report.Problem(root.Line, "", "the file must be a mapping with the key 'services'.");
        return null;
    }

    private ComposeNode ReadNode(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, $"nested deeper than {DeepestNesting} levels");
        }

        if (_parser.Current is AnchorAlias alias)
        {
            _parser.Consume<AnchorAlias>();
            return _anchors.TryGetValue(alias.Value, out ComposeNode? anchored)
                ? anchored
                : throw new YamlException(alias.Start, alias.End, $"the alias '*{alias.Value}' has no anchor before it, or stands inside it");
        }

        var start = (NodeEvent)_parser.Current!;
        ComposeNode node = start switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
        if (node.Weight > MostNodes)
        {
            throw new YamlException(start.Start, start.End, $"more than {MostNodes} values, counting what aliases repeat");
        }

        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    private ComposeScalar ReadScalar()
    {
        Scalar scalar = _parser.Consume<Scalar>();
        return new ComposeScalar((int)scalar.Start.Line, scalar.Value, scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty);
    }

    private ComposeSequence ReadSequence(int depth)
    {
        SequenceStart start = _parser.Consume<SequenceStart>();
        List<ComposeNode> items = [];
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(ReadNode(depth + 1));
        }

        _parser.Consume<SequenceEnd>();

        return new ComposeSequence((int)start.Start.Line, items) { Weight = 1 + items.Sum(item => item.Weight) };
    }

    private ComposeMapping ReadMapping(int depth)
    {
        MappingStart start = _parser.Consume<MappingStart>();
        List<ComposeEntry> entries = [];
        List<ComposeMapping> merged = [];
        while (_parser.Current is not MappingEnd)
        {
            if (ReadNode(depth + 1) is not ComposeScalar key)
            {
                throw new YamlException(start.Start, start.End, "a key that is a list or a mapping");
            }

            ComposeNode value = ReadNode(depth + 1);
            if (key is { Text: "<<", IsPlain: true })
            {
                merged.AddRange(MappingsOf(key, value));
            }
            else if (entries.FirstOrDefault(entry => entry.Key == key.Text) is { } first)
            {
                _report.Problem(key.Line, key.Text, $"the key stands twice; it is first on line {first.Line}. Remove one.");
            }
            else
            {
                entries.Add(new ComposeEntry(key.Text, key.Line, value));
            }
        }

        _parser.Consume<MappingEnd>();

        // What a mapping says itself wins over what it merges, and an earlier merge over a later one.
        foreach (ComposeEntry entry in merged.SelectMany(mapping => mapping.Entries))
        {
            if (!entries.Exists(known => known.Key == entry.Key))
            {
                entries.Add(entry);
            }
        }

        return new ComposeMapping((int)start.Start.Line, entries) { Weight = 1 + entries.Sum(entry => 1 + entry.Value.Weight) };
    }

    private IEnumerable<ComposeMapping> MappingsOf(ComposeScalar key, ComposeNode value)
    {
        IReadOnlyList<ComposeNode> sources = value is ComposeSequence sequence ? sequence.Items : [value];
        if (sources.Any(source => source is not ComposeMapping))
        {
            _report.Problem(key.Line, "<<", "only mappings can be merged. Name the anchor of a mapping.");
        }

        return sources.OfType<ComposeMapping>();
    }
}
