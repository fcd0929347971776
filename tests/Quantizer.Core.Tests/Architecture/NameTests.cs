using System.Text.RegularExpressions;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>Names that a reader mistakes for each other.</summary>
public partial class NameTests
{
    [Fact]
    public void No_two_types_differ_by_one_s_only()
    {
        string[] types =
        [
            .. SourceFile.All.SelectMany(file => TypeDeclaration().Matches(file.Code)).Select(match => match.Groups[1].Value).Distinct(),
        ];

        Assert.True(types.Length > 300, $"Only {types.Length} types were found.");
        Assert.Empty(Pairs(types));
    }

    [Fact]
    public void No_two_folders_differ_by_one_s_only() =>
        Assert.Empty(Pairs([.. SourceFile.All.SelectMany(file => file.Path.Split('/').SkipLast(1)).Distinct()]));

    [Fact]
    public void Such_pairs_are_found() => Assert.Equal(["NodeDecision"], Pairs(["NodeDecision", "Nodes", "NodeDecisions"]));

    private static IEnumerable<string> Pairs(string[] names) => names.Where(name => names.Contains(name + "s"));

    [GeneratedRegex(@"\b(?:class|record struct|record|struct|interface|enum) ([A-Z]\w*)")]
    private static partial Regex TypeDeclaration();
}
