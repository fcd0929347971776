using System.Text.RegularExpressions;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>Foreign types stop at one door each, so that a library can be replaced in one place.</summary>
public class ForeignTypesTests
{
    /// <summary>A door is a folder, or a single file, or several of them.</summary>
    private static readonly Dictionary<string, (string Pattern, string Door)> Doors = new()
    {
        ["protobuf"] = (@"\bGoogle\.Protobuf\b", "src/Quantizer.Graphs/Serialization/"),
        ["ONNX Runtime"] = (@"\bMicrosoft\.ML\.OnnxRuntime\b", "src/Quantizer.Core/Execution/"),
        ["decoding and encoding of pictures"] = (@"\bSkiaSharp\b", "src/Quantizer.Core/Pictures/"),
        ["tables of text"] = (@"\bnietras\.SeparatedValues\b|^Sep$", "src/Quantizer.Core/Samples/Formats/"),
        ["tokenizers"] = (@"\bMicrosoft\.ML\.Tokenizers\b", "src/Quantizer.Core/Samples/Formats/"),
        ["statistics"] = (@"\bMathNet\b", "src/Quantizer.Core/Execution/LatencyResult.cs|src/Quantizer.Core/Comparison/Certainty.cs"),
        ["the command line's parser"] = (@"\bSystem\.CommandLine\b", "src/Quantizer.Cli/"),
        ["the console"] = (@"(?<![.\w])(System\.)?Console\.(?!Write\w*Exception)", "src/Quantizer.Cli/"),
    };

    public static TheoryData<string> Names => [.. Doors.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Foreign_types_are_used_behind_their_door_only(string name)
    {
        (string pattern, string door) = Doors[name];
        SourceFile[] users = [.. SourceFile.All.Where(file => Regex.IsMatch(file.Code, pattern))];

        // A door that nobody goes through is a mistake in this table, or a scanner that finds no files.
        Assert.NotEmpty(users);
        Assert.Empty(
            users.Where(file => !door.Split('|').Any(one => file.Path.StartsWith(one, StringComparison.Ordinal))).Select(file => file.Path)
        );
    }

    [Fact]
    public void Every_package_of_the_product_has_a_door()
    {
        string[] packages =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(SharedFolder.Repository, "src"), "*.csproj", SearchOption.AllDirectories)
                .SelectMany(path =>
                    Regex.Matches(File.ReadAllText(path), "PackageReference Include=\"([^\"]+)\"").Select(match => match.Groups[1].Value)
                )
                // Only at work when the project is built.
                .Where(package => package is not ("Grpc.Tools" or "Microsoft.CodeAnalysis.PublicApiAnalyzers"))
                .Distinct(),
        ];

        Assert.NotEmpty(packages);
        Assert.All(packages, package => Assert.Contains(Doors.Values, door => Regex.IsMatch(package, door.Pattern.Replace(@"\b", ""))));
    }

    [Fact]
    public void Comments_are_not_looked_at_and_strings_are()
    {
        string code = SourceFile.WithoutComments(
            "string a = \"// not a comment\"; // SkiaSharp\n/* MathNet */ char c = '\"'; string b = \"x\";"
        );

        Assert.Contains("// not a comment", code);
        Assert.Contains("string b = \"x\";", code);
        Assert.DoesNotContain("SkiaSharp", code);
        Assert.DoesNotContain("MathNet", code);
    }
}
