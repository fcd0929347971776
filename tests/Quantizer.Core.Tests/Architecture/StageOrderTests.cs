using System.Text.RegularExpressions;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>
/// Which folder of Quantizer.Core may use which: the folders are the stages of the dataflow, and each may know the results of
/// earlier ones only. A new edge fails here; whoever wants one adds it to the table and says why.
/// </summary>
public partial class StageOrderTests
{
    private const string Core = "src/Quantizer.Core";

    /// <summary>Stages with what they use, in the order of the dataflow; a stage stands behind all that it uses.</summary>
    private static readonly (string Stage, string[] Uses)[] Allowed =
    [
        // Floors: numbers, spans, the words for choices, findings as data, the door to ONNX Runtime.
        ("Schemes", []),
        ("Kernels", []),
        ("Choices", []),
        ("Findings", ["Choices"]),
        ("Execution", []),
        ("Work", ["Execution"]),
        ("Patterns", []),
        ("Normalization", ["Execution", "Kernels", "Patterns"]),
        // With the contract that targets keep; where ranges come from is chosen by a word.
        ("Placement", ["Choices", "Findings", "Normalization", "Patterns", "Schemes"]),
        ("Pictures", []),
        ("Samples", ["Pictures"]),
        ("Preprocessing", ["Choices", "Execution", "Kernels", "Pictures", "Samples"]),
        ("Calibration", ["Choices", "Execution", "Kernels", "Placement", "Samples"]),
        // Looks at what calibration saw of samples and ranges, and asks the model once more as the search for a preparation does.
        ("Doctor", ["Calibration", "Findings", "Preprocessing", "Samples"]),
        ("Ranges", ["Calibration", "Choices", "Kernels", "Placement", "Schemes"]),
        ("Rewriting", ["Kernels", "Placement", "Ranges", "Schemes"]),
        // Tries placements by writing and running them, before there are any numbers but made-up ones.
        ("Isolation", ["Calibration", "Execution", "Kernels", "Placement", "Ranges", "Rewriting"]),
        ("Verification", ["Execution", "Findings", "Placement", "Rewriting", "Work"]),
        ("Targets", ["Execution", "Findings", "Normalization", "Patterns", "Placement", "Schemes"]),
        // Right answers may be pictures; tasks are chosen by a word.
        ("Comparison", ["Choices", "Execution", "Kernels", "Pictures", "Samples"]),
        ("Search", ["Calibration", "Comparison", "Execution", "Kernels", "Placement", "Ranges", "Rewriting", "Samples", "Schemes"]),
        // Which parts to give back is measured as plans are: one part after the other, quantized alone.
        ("Fallback", ["Calibration", "Placement", "Ranges", "Search", "Work"]),
        // Chooses by times that the target measured.
        ("Speed", ["Placement"]),
        // Corrects biases of the plan that the search found, and judges them as it judges plans.
        ("Correction", ["Choices", "Execution", "Placement", "Ranges", "Rewriting", "Samples", "Schemes", "Search"]),
        // Follows channels through the graph, looks at their values, and judges models as the search does.
        (
            "Equalization",
            ["Calibration", "Choices", "Execution", "Normalization", "Placement", "Ranges", "Samples", "Schemes", "Search", "Work"]
        ),
        // Writers draw the pipeline's results, and the pipeline fills the report's records; a task's figures are drawn as they are.
        ("Reporting", ["Choices", "Comparison", "Findings", "Preprocessing"]),
        // Runs both networks side by side, and fills records of a report with what lies behind its figures.
        (
            "Details",
            [
                "Calibration",
                "Comparison",
                "Execution",
                "Kernels",
                "Pictures",
                "Placement",
                "Ranges",
                "Reporting",
                "Samples",
                "Schemes",
                "Work",
            ]
        ),
        // Holds a report's figures against what was asked; what there will be no figure for is told by the task, before the work.
        ("Limits", ["Comparison", "Findings", "Reporting"]),
        (
            "Pipeline",
            [
                "Calibration",
                "Choices",
                "Comparison",
                "Correction",
                "Details",
                "Doctor",
                "Equalization",
                "Execution",
                "Fallback",
                "Findings",
                "Isolation",
                "Limits",
                "Normalization",
                "Pictures",
                "Placement",
                "Preprocessing",
                "Ranges",
                "Reporting",
                "Rewriting",
                "Samples",
                "Schemes",
                "Search",
                "Speed",
                "Targets",
                "Verification",
                "Work",
            ]
        ),
    ];

    [Fact]
    public void Stages_use_only_what_the_table_allows()
    {
        HashSet<(string, string)> allowed = [.. Allowed.SelectMany(row => row.Uses.Select(used => (row.Stage, used)))];
        List<string> violations = [];
        HashSet<(string, string)> found = [];
        foreach (SourceFile file in CoreFiles())
        {
            foreach (string used in UsedBy(file))
            {
                found.Add((StageOf(file), used));
                if (!allowed.Contains((StageOf(file), used)))
                    violations.Add($"{file.Path} uses {used}");
            }
        }

        Assert.Empty(violations);
        // A row that nothing needs any more would let its edge come back unseen.
        Assert.Empty(allowed.Except(found));
    }

    [Fact]
    public void The_table_has_every_stage_in_an_order_in_which_they_can_run()
    {
        Assert.Equal(
            Allowed.Select(row => row.Stage).Order(StringComparer.Ordinal),
            CoreFiles().Select(StageOf).Distinct().Order(StringComparer.Ordinal)
        );
        HashSet<string> before = [];
        foreach ((string stage, string[] uses) in Allowed)
        {
            Assert.All(uses, used => Assert.True(before.Contains(used), $"{stage} stands before {used}, which it uses."));
            before.Add(stage);
        }
    }

    [Fact]
    public void Code_of_the_graphs_does_not_know_the_core_and_the_core_not_the_command_line()
    {
        Assert.All(Files("src/Quantizer.Graphs"), file => Assert.DoesNotMatch(@"\bQuantizer\.(?!Graphs\b)[A-Z]", file.Code));
        Assert.All(Files(Core), file => Assert.DoesNotMatch(@"\bQuantizer\.Cli\b", file.Code));
    }

    [Fact]
    public void Namespaces_are_the_folders()
    {
        // Program.cs is statements without a namespace.
        Assert.All(
            Files("src").Where(file => !file.Path.EndsWith("/Program.cs", StringComparison.Ordinal)),
            file => Assert.Equal(FolderReferences.NamespaceOf(file.Folder), Declared(file))
        );
    }

    private static IEnumerable<SourceFile> CoreFiles() => Files(Core).Where(file => file.Path.Split('/').Length > 3);

    private static IReadOnlyList<SourceFile> Files(string folder)
    {
        SourceFile[] files = [.. SourceFile.All.Where(file => file.IsBelow(folder))];
        // Where sources are not found, every rule would hold.
        Assert.True(files.Length > 20, $"Only {files.Length} files were found below '{folder}'.");
        return files;
    }

    private static string StageOf(SourceFile file) => file.Path.Split('/')[2];

    private static IEnumerable<string> UsedBy(SourceFile file) =>
        FolderReferences
            .OfProduct.UsedBy(file)
            .Where(folder => folder.StartsWith(Core + "/", StringComparison.Ordinal))
            .Select(folder => folder.Split('/')[2])
            .Where(stage => stage != StageOf(file))
            .Distinct();

    private static string Declared(SourceFile file) => NamespaceDeclaration().Match(file.Code).Groups[1].Value;

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();
}
