using Xunit.Abstractions;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>
/// Folders below one folder stand in an order, and each uses only those before it, so that there are no circles among them. A
/// folder's own files are apart: they hold what its sub-folders share, and what puts those together.
/// </summary>
public class FolderOrderTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, string[]> Orders = new()
    {
        ["src/Quantizer.Cli"] =
        [
            "Layout",
            "Workflows",
            "Terminals",
            "Progress",
            "Summaries",
            "Explanations",
            "Flags",
            "Configurations",
            "Commands",
            "Scripts",
            "Usage",
        ],
        ["src/Quantizer.Core/Calibration"] = ["Statistics", "Observation", "Running"],
        ["src/Quantizer.Core/Comparison"] = ["Tasks"],
        ["src/Quantizer.Core/Comparison/Tasks"] = ["Truths", "Heads", "Judges", "Recognition"],
        ["src/Quantizer.Core/Correction"] = ["Rounding"],
        ["src/Quantizer.Core/Equalization"] = ["Channels", "Flows", "Modelling", "Writing"],
        ["src/Quantizer.Core/Execution"] = ["Native", "Observation", "Pieces"],
        ["src/Quantizer.Core/Normalization"] = ["Bodies", "Repairs", "Widening", "Unfusing", "Opsets", "Folding"],
        ["src/Quantizer.Core/Pictures"] = ["Decoding"],
        ["src/Quantizer.Core/Pipeline"] = ["Stages", "Data", "Files", "Comparing", "Forms", "Plans", "Reports", "Inspections"],
        ["src/Quantizer.Core/Placement"] = ["Sites", "Contract"],
        ["src/Quantizer.Core/Placement/Contract"] = ["Edits"],
        ["src/Quantizer.Core/Preprocessing"] = ["Discovery", "Sizes"],
        ["src/Quantizer.Core/Ranges"] = ["Densities", "Selectors", "Weights", "Planning"],
        ["src/Quantizer.Core/Reporting"] =
        [
            "Converters",
            "Details",
            "Texts",
            "Markdown",
            "JUnit",
            "Differences",
            "Benches",
            "Inspections",
            "Page",
        ],
        ["src/Quantizer.Core/Reporting/Page"] = ["Tables", "Plots", "Sections", "Inspections"],
        ["src/Quantizer.Core/Samples"] = ["Records", "Formats", "Binding"],
        // Targets do not know each other.
        ["src/Quantizer.Core/Targets"] = ["OnnxRuntimeCpu"],
        ["src/Quantizer.Core/Targets/OnnxRuntimeCpu"] = ["Rules", "Lowering", "Edits", "Kernels"],
        ["src/Quantizer.Core/Search"] = ["Trials"],
        ["src/Quantizer.Graphs"] = ["Files", "Serialization"],
        ["src/Quantizer.Graphs/Serialization"] = ["Mapping", "ExternalData", "Codecs", "Scanning"],
    };

    public static TheoryData<string> Folders => [.. Orders.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Sub_folders_use_only_those_before_them(string folder)
    {
        string[] order = Orders[folder];
        foreach ((SourceFile file, string used) in Uses())
        {
            if (Below(folder, file.Folder) is { } user && Below(folder, used) is { } other && user != other)
            {
                Assert.True(
                    Array.IndexOf(order, other) < Array.IndexOf(order, user),
                    $"{file.Path} uses {used}, which stands behind {user}."
                );
            }
        }
    }

    [Fact]
    public void Every_folder_with_sub_folders_has_an_order_of_all_of_them()
    {
        // Stages have a table of their own, with every single use.
        Dictionary<string, string[]> found = FolderReferences
            .OfProduct.Folders.SelectMany(Ancestors)
            .Distinct()
            .GroupBy(folder => folder[..folder.LastIndexOf('/')], folder => folder[(folder.LastIndexOf('/') + 1)..])
            .Where(group => group.Key is not ("src" or "src/Quantizer.Core"))
            .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray());

        Assert.Equal(found.Keys.Order(StringComparer.Ordinal), Orders.Keys.Order(StringComparer.Ordinal));
        Assert.All(found, pair => Assert.Equal(pair.Value, Orders[pair.Key].Order(StringComparer.Ordinal)));
    }

    /// <summary>dotnet test --filter The_table_of_folders --logger "console;verbosity=detailed" prints the table.</summary>
    [Fact]
    public void The_table_of_folders_has_no_circles()
    {
        Dictionary<string, string[]> table = Uses()
            .Where(use => StageOf(use.File.Folder) != StageOf(use.Used))
            .GroupBy(use => StageOf(use.File.Folder), use => StageOf(use.Used))
            .ToDictionary(group => group.Key, group => group.Distinct().Order(StringComparer.Ordinal).ToArray());
        foreach (string folder in table.Keys.Order(StringComparer.Ordinal))
            output.WriteLine($"{folder} -> {string.Join(", ", table[folder])}");

        Assert.Empty(Circle(table));
    }

    /// <summary>The folders left when those are taken away, again and again, that use none of the rest or are used by none.</summary>
    private static IReadOnlyCollection<string> Circle(Dictionary<string, string[]> table)
    {
        HashSet<string> rest = [.. table.Keys];
        while (rest.RemoveWhere(folder => !table[folder].Any(rest.Contains) || !rest.Any(other => table[other].Contains(folder))) > 0) { }
        return rest;
    }

    private static IEnumerable<(SourceFile File, string Used)> Uses() =>
        SourceFile.All.SelectMany(file => FolderReferences.OfProduct.UsedBy(file).Select(used => (file, used)));

    /// <summary>A stage of the core, or a project: "src/Quantizer.Core/Ranges/Planning" is in "Ranges".</summary>
    private static string StageOf(string folder) => Below("src/Quantizer.Core", folder) ?? Below("src", folder)!;

    private static string? Below(string folder, string path) =>
        path.StartsWith(folder + "/", StringComparison.Ordinal) ? path[(folder.Length + 1)..].Split('/')[0] : null;

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (string at = folder; at.Contains('/'); at = at[..at.LastIndexOf('/')])
            yield return at;
    }
}
