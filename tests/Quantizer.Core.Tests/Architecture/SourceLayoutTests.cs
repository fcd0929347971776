using System.Text.RegularExpressions;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>The part of the code's dialect that neither the formatter nor the compiler looks at.</summary>
public partial class SourceLayoutTests
{
    private static readonly string Settings = File.ReadAllText(Path.Combine(SharedFolder.Repository, ".editorconfig"));

    [Fact(Skip = "The code is brought to the line length of the settings in one sweep.")]
    public void No_line_is_longer_than_the_settings_say()
    {
        int limit = int.Parse(LineLimit().Match(Settings).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Empty(Lines().Where(line => line.Text.Length > limit).Select(line => $"{line.Path}:{line.Number} has {line.Text.Length} characters, {limit} fit"));
    }

    private static IEnumerable<(string Path, int Number, string Text)> Lines() => SourceFile.PathsBelow("src").Concat(SourceFile.PathsBelow("tests"))
        .SelectMany(path => File.ReadLines(Path.Combine(SharedFolder.Repository, path)).Select((text, index) => (path, index + 1, text)));

    [GeneratedRegex(@"^max_line_length = (\d+)", RegexOptions.Multiline)]
    private static partial Regex LineLimit();
}
