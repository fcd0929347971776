using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>What weights, activations and each layer cost at the outputs.</summary>
internal sealed class CostSection() : PageSection("cost", "What each layer costs at the outputs")
{
    public override bool IsIn(QuantizationReport report) => report.Details?.Costs is not null;

    public override void Write(QuantizationReport report, PageText page)
    {
        OutputCosts costs = report.Details!.Costs!;
        page.Add(
            $"<p>Signal over error at the outputs, as plans are judged: the less, the more it costs. {CostText.Measured(costs)}.</p>\n"
        );
        WriteSplit(costs, page);
        if (costs.Layers.Count > 0)
            WriteLayers(report, costs, page);
    }

    private static void WriteSplit(OutputCosts costs, PageText page)
    {
        (string Name, double? Decibels, string Meaning)[] parts =
        [
            ("weights alone", costs.WeightsDb, "all arithmetic in float, with the biases of the file"),
            ("activations alone", costs.ActivationsDb, ActivationsMeaning(costs)),
            ("both", costs.BothDb, "the network as the file has it"),
        ];
        double most = parts.Max(part => ErrorOf(part.Decibels));
        PageTable.Write(
            page,
            "cost-split",
            "Weights against activations",
            [
                new("in integers"),
                new("at the outputs", ColumnKind.Number),
                new("", ColumnKind.Bar),
                new("everything else", ColumnKind.Prose),
            ],
            parts,
            part => [part.Name, Ratio(part.Decibels), Cell.Bar(ErrorOf(part.Decibels) / most), part.Meaning]
        );
        if (CostText.Advice(costs) is { Length: > 0 } advice)
            page.Add($"<p id=\"cost-advice\">{advice[..1].ToUpperInvariant()}{advice[1..]}.</p>\n");
    }

    private static string ActivationsMeaning(OutputCosts costs) =>
        costs.ActivationsDb is null
            ? "not measured: activations stay in float, or are rounded inside of kernels"
            : "weights and biases in float, without what was corrected of them";

    private static void WriteLayers(QuantizationReport report, OutputCosts costs, PageText page)
    {
        ILookup<string, NodeReport> nodes = report.Nodes.ToLookup(node => node.Name);
        double all = costs.Layers.Sum(layer => ErrorOf(layer.AloneDb)),
            most = costs.Layers.Max(layer => ErrorOf(layer.AloneDb));
        page.Add($"<p>Alone: the network with this layer alone in integers. Share: of the error of all that were measured, which add ");
        page.Add(
            $"up at the outputs as long as they are small. In float: what the whole network gains with this layer alone in float, all "
        );
        page.Add(
            $"other numbers as they are (a run with <code>--exclude</code> corrects the others anew); measured for the costliest.</p>\n"
        );
        PageTable.Write(
            page,
            "cost-table",
            "Layers, the costliest first",
            [
                new("node", ColumnKind.Name),
                new("alone", ColumnKind.Number),
                new("share", ColumnKind.Number),
                new("", ColumnKind.Bar),
                new("in float", ColumnKind.Number),
                new("operator"),
                new("form"),
            ],
            costs.Layers,
            layer =>
                [
                    layer.Node,
                    Ratio(layer.AloneDb),
                    all > 0 ? new Cell(FigureText.Percent(ErrorOf(layer.AloneDb) / all * 100), ErrorOf(layer.AloneDb)) : FigureText.Missing,
                    Cell.Bar(ErrorOf(layer.AloneDb) / most),
                    new Cell(CostText.Gain(layer.GivenBackDb), layer.GivenBackDb),
                    nodes[layer.Node].FirstOrDefault()?.OpType ?? "",
                    nodes[layer.Node].FirstOrDefault() is { } node ? ReportWords.Decisions.WordOf(node.Decision) : "",
                ]
        );
    }

    private static Cell Ratio(double? decibels) => new(CostText.Decibels(decibels), decibels);

    /// <summary>As a share of the signal.</summary>
    private static double ErrorOf(double? decibels) => decibels is { } ratio ? Math.Pow(10, -ratio / 10) : 0;
}
