using System.Globalization;

namespace ElectricBrain.Swarm.Compose;

/// <summary>One value of a stack file with its place. Reading it as the wrong kind is a problem in the report, and gives null.</summary>
internal sealed record ComposeValue(ComposeNode Node, string Path, ComposeScope Scope)
{
    private enum Kind
    {
        Text,
        Integer,
        Number,
        Boolean,
        Null,
    }

    public bool IsMapping => Node is ComposeMapping;

    public bool IsSequence => Node is ComposeSequence;

    public bool IsNull => Node is ComposeScalar { IsPlain: true, Text: "" or "~" or "null" or "Null" or "NULL" };

    public void Problem(string reason) => Scope.Report.Problem(Node.Line, Path, reason);

    public void Warn(string reason) => Scope.Report.Warning(Node.Line, Path, reason);

    /// <summary>A text; a number or boolean must be quoted to be one.</summary>
    public string? Text()
    {
        (string text, Kind kind)? scalar = Scalar("a text", asText: true);
        if (scalar is null || scalar.Value.kind == Kind.Text)
        {
            return scalar?.text;
        }

        Problem(scalar.Value.kind == Kind.Null ? "is empty. Write a text, or remove the key." : $"must be a text. Put {scalar.Value.text} in quotation marks.");
        return null;
    }

    /// <summary>A text or a number, the latter as it is written in decimal; an empty value is an empty text.</summary>
    public string? TextOrNumber()
    {
        (string text, Kind kind)? scalar = Scalar("a text or a number", asText: true);
        switch (scalar?.kind)
        {
            case Kind.Integer:
                return ParseInteger(scalar.Value.text)?.ToString(CultureInfo.InvariantCulture) ?? scalar.Value.text;
            case Kind.Number:
                return double.Parse(scalar.Value.text, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
            case Kind.Boolean:
                Problem($"must be a text or a number. Put {scalar.Value.text} in quotation marks.");
                return null;
            case Kind.Null:
                return "";
            default:
                return scalar?.text;
        }
    }

    public string? OneOf(params ReadOnlySpan<string> allowed)
    {
        string? text = Text();
        if (text is not null && !allowed.Contains(text))
        {
            Problem($"'{text}' is not known. Write one of {string.Join(", ", allowed)}.");
            return null;
        }

        return text;
    }

    public long? Integer(long least = 0, long most = long.MaxValue)
    {
        (string text, Kind kind)? scalar = Scalar("a whole number", asText: false);
        if (scalar is null)
        {
            return null;
        }

        long? value = scalar.Value.kind == Kind.Integer ? ParseInteger(scalar.Value.text) : null;
        if (value is null || value < least || value > most)
        {
            Problem($"must be a whole number, {least}{(most == long.MaxValue ? " or more" : $" to {most}")}, without quotation marks.");
            return null;
        }

        return value;
    }

    public double? Number(double least, double most)
    {
        (string text, Kind kind)? scalar = Scalar("a number", asText: false);
        if (scalar is null)
        {
            return null;
        }

        if (scalar.Value.kind is Kind.Integer or Kind.Number
            && double.TryParse(scalar.Value.text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= least && value <= most)
        {
            return value;
        }

        Problem(string.Create(CultureInfo.InvariantCulture, $"must be a number from {least} to {most}."));
        return null;
    }

    public bool? Flag()
    {
        (string text, Kind kind)? scalar = Scalar("true or false", asText: false);
        if (scalar is null)
        {
            return null;
        }

        bool interpolated = Node is ComposeScalar { Text: var written } && written != scalar.Value.text;
        switch (scalar.Value.text.ToUpperInvariant())
        {
            case "TRUE" when interpolated || scalar.Value.kind == Kind.Boolean:
            case "YES" or "Y" or "ON" when interpolated:
                return true;
            case "FALSE" when interpolated || scalar.Value.kind == Kind.Boolean:
            case "NO" or "N" or "OFF" when interpolated:
                return false;
            default:
                Problem("must be true or false, without quotation marks.");
                return null;
        }
    }

    public TimeSpan? Duration()
    {
        string? text = Text();
        TimeSpan? duration = text is null ? null : Quantities.Duration(text);
        if (text is not null && duration is null)
        {
            Problem($"'{text}' is not a duration. Write such as 10s or 1m30s.");
        }

        return duration;
    }

    public long? Bytes()
    {
        string? text = Text();
        long? bytes = text is null ? null : Quantities.Bytes(text);
        if (text is not null && bytes is null)
        {
            Problem($"'{text}' is not a size. Write such as 64M or 1g.");
        }

        return bytes;
    }

    public long? NanoCpus()
    {
        string? text = Text();
        long? cpus = text is null ? null : Quantities.NanoCpus(text);
        if (text is not null && cpus is null)
        {
            Problem($"'{text}' is not a number of processors. Write such as \"0.5\".");
        }

        return cpus;
    }

    public ComposeFields? Fields()
    {
        if (Node is ComposeMapping mapping)
        {
            return new ComposeFields(mapping, this);
        }

        Problem("must be a mapping of keys to values.");
        return null;
    }

    public IReadOnlyList<ComposeValue> Items()
    {
        if (Node is ComposeSequence sequence)
        {
            return [.. sequence.Items.Select((item, index) => new ComposeValue(item, $"{Path}[{index}]", Scope))];
        }

        Problem("must be a list.");
        return [];
    }

    /// <summary>A list of texts that differ from each other.</summary>
    public IReadOnlyList<string> Texts(bool unique = false)
    {
        List<string> texts = [];
        foreach (ComposeValue item in Items())
        {
            if (item.Text() is not { } text)
            {
                continue;
            }

            if (unique && texts.Contains(text))
            {
                item.Problem($"'{text}' stands twice. Remove one.");
            }

            texts.Add(text);
        }

        return texts;
    }

    /// <summary>One text or a list of texts.</summary>
    public IReadOnlyList<string> TextOrTexts() => IsSequence ? Texts() : Text() is { } text ? [text] : [];

    /// <summary>A command: a list of words, or one line that is split as a shell does.</summary>
    public IReadOnlyList<string> Command()
    {
        if (IsSequence)
        {
            return Texts();
        }

        if (Text() is not { } line)
        {
            return [];
        }

        if (ShellWords.Split(line) is { } words)
        {
            return words;
        }

        Problem("a quotation mark or a backslash at the end is not closed.");
        return [];
    }

    /// <summary>Names and values, as a mapping or as a list of <c>name=value</c>; a value that is not given is null.</summary>
    public IReadOnlyDictionary<string, string?> Entries()
    {
        var entries = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        if (Node is ComposeSequence)
        {
            foreach (ComposeValue item in Items())
            {
                if (item.Text() is { } text)
                {
                    int equals = text.IndexOf('=', StringComparison.Ordinal);
                    entries[equals < 0 ? text : text[..equals]] = equals < 0 ? null : text[(equals + 1)..];
                }
            }
        }
        else
        {
            foreach ((string name, ComposeValue value) in Fields()?.All() ?? [])
            {
                entries[name] = value.IsNull ? null : value.TextOrNumber();
            }
        }

        return entries;
    }

    /// <summary>As <see cref="Entries"/>; a value that is not given is empty.</summary>
    public IReadOnlyDictionary<string, string> FilledEntries() => Entries().ToDictionary(entry => entry.Key, entry => entry.Value ?? "", StringComparer.Ordinal);

    // What a variable gives is a text where a text is wanted, and counts as what it looks like where a number or a boolean is.
    private (string Text, Kind Kind)? Scalar(string wanted, bool asText)
    {
        if (Node is not ComposeScalar scalar)
        {
            Problem($"must be {wanted}, not a {(IsMapping ? "mapping" : "list")}.");
            return null;
        }

        (string text, string? problem) = Interpolation.Apply(scalar.Text, Scope.Variables);
        if (problem is not null)
        {
            Problem(problem);
            return null;
        }

        bool interpolated = text != scalar.Text;
        return (text, interpolated ? (asText ? Kind.Text : KindOf(text)) : scalar.IsPlain ? KindOf(text) : Kind.Text);
    }

    private static Kind KindOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => Kind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => Kind.Boolean,
        _ when ParseInteger(text) is not null => Kind.Integer,
        _ when (char.IsAsciiDigit(text[0]) || text[0] is '.' or '+' or '-')
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => Kind.Number,
        _ => Kind.Text,
    };

    // YAML 1.1 and 1.2 at once, as the docker command line reads them: 0440 and 0o440 are octal, 0x1f is hexadecimal.
    private static long? ParseInteger(string text)
    {
        bool negative = text.StartsWith('-');
        string digits = negative || text.StartsWith('+') ? text[1..] : text;
        (int radix, string rest) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, digits[2..]),
            ['0', 'o' or 'O', ..] => (8, digits[2..]),
            ['0', 'b' or 'B', ..] => (2, digits[2..]),
            ['0', _, ..] => (8, digits[1..]),
            _ => (10, digits),
        };
        if (rest.Length == 0)
        {
            return null;
        }

        decimal value = 0;
        foreach (char c in rest)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            value = (value * radix) + digit;
            if (digit >= radix || value > long.MaxValue)
            {
                return null;
            }
        }

        return (long)(negative ? -value : value);
    }
}
