using System.Text;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Splits a command line into words as a POSIX shell does, without expanding anything.</summary>
/// <remarks>Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting.</remarks>
internal static class ShellWords
{
    /// <summary>Gives the words; null when a quotation or an escape is not finished.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        bool inWord = false;
        char quote = '\0';
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '\\' && quote != '\'')
            {
                if (++i == line.Length)
                {
                    return null;
                }

                if (quote == '"' && line[i] is not ('"' or '\\' or '$' or '`'))
                {
                    word.Append('\\');
                }

                word.Append(line[i]);
                inWord = true;
            }
            else if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
                _ = quote == '\0' ? word : word.Append(c);
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                inWord = true;
            }
            else if (char.IsWhiteSpace(c))
            {
                if (inWord)
                {
                    words.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                }
            }
            else
            {
                word.Append(c);
                inWord = true;
            }
        }

        if (quote != '\0')
        {
            return null;
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return words;
    }
}
