using System.Text.RegularExpressions;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>The part of the code's dialect that neither the formatter nor the compiler looks at.</summary>
public partial class SourceLayoutTests
{
    private static readonly string Settings = File.ReadAllText(Path.Combine(SharedFolder.Repository, ".editorconfig"));

    [Fact]
    public void No_line_is_longer_than_the_settings_say()
    {
        int limit = int.Parse(LineLimit().Match(Settings).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Empty(
            Lines()
                .Where(line => line.Text.Length > limit)
                .Select(line => $"{line.Path}:{line.Number} has {line.Text.Length} characters, {limit} fit")
        );
    }

    /// <summary>A line that is one string is as long as the string has to be.</summary>
    private static IEnumerable<(string Path, int Number, string Text)> Lines()
    {
        foreach (string path in SourceFile.PathsBelow("src").Concat(SourceFile.PathsBelow("tests")))
        {
            bool isInRawString = false;
            int number = 0;
            foreach (string text in File.ReadLines(Path.Combine(SharedFolder.Repository, path)))
            {
                number++;
                bool begins = isInRawString;
                if (RawStringEnd().Count(text) % 2 == 1)
                    isInRawString = !isInRawString;
                if (!begins && !isInRawString && !StringAlone().IsMatch(text))
                    yield return (path, number, text);
            }
        }
    }

    [GeneratedRegex("\"\"\"")]
    private static partial Regex RawStringEnd();

    [GeneratedRegex("""^\s*[+:?]?\s*[$@]*"[^"]""")]
    private static partial Regex StringAlone();

    [GeneratedRegex(@"^max_line_length = (\d+)", RegexOptions.Multiline)]
    private static partial Regex LineLimit();
}
