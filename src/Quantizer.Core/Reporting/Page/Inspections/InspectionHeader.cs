using Quantizer.Reporting.Inspections;
using Quantizer.Reporting.Page.Plots;
using Quantizer.Reporting.Page.Sections;
using Quantizer.Reporting.Page.Tables;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Inspections;

/// <summary>The first screen: what would be quantized, and what that would give.</summary>
internal static class InspectionHeader
{
    public static void Write(ModelInspection inspection, PageText page)
    {
        page.Add($"<h1><code>{inspection.Path}</code>, {InspectionText.File(inspection)}</h1>\n");
        page.Add($"<p class=\"sentence\">{InspectionText.Verdict(inspection)}</p>\n<div class=\"cards\">\n");
        WriteWork(inspection, page);
        if (inspection.Expected is { } expected)
        {
            WritePair(page, "Size", inspection.FileBytes, expected.FileBytes);
            WritePair(page, "Weights in memory", expected.WeightBytes, expected.Int8WeightBytes);
            WriteSpeed(inspection.Latency, page);
        }
        page.Add($"</div>\n");
        if (inspection.Activations is { } activations)
            page.Add($"<p>Memory of activations: {InspectionText.Activations(activations)}</p>\n");
        if (inspection.Expected is not null)
        {
            page.Add($"<p class=\"quiet\">Forms, size and memory follow from the graph alone. Data may show that other forms serve ");
            page.Add($"the outputs better; accuracy was not looked at.</p>\n");
        }
        if (!inspection.IsQuantized)
            FloatReasons.Write(inspection.Nodes, "nodes", page);
    }

    private static void WriteWork(ModelInspection inspection, PageText page)
    {
        string forms = InspectionText.Forms(inspection.Nodes);
        if (inspection.IsQuantized)
            PageCard.Open(page, "Nodes", FigureText.Count(inspection.Nodes.Count));
        else
            PageCard.Open(page, "Work in integers", inspection.PercentPlaced is { } placed ? FigureText.Share(placed) : "not known");
        page.Add($"<p>{(inspection.IsQuantized ? "" : "of the multiply-accumulates; nodes: ")}{forms}</p></div>\n");
    }

    private static void WritePair(PageText page, string name, long fp32, long int8)
    {
        PageCard.Open(page, name, FigureText.SizeChange(fp32, int8));
        PairBars.Write(page, new Cell(FigureText.Bytes(fp32), fp32), new Cell(FigureText.Bytes(int8, like: fp32), int8));
        page.Add($"</div>\n");
    }

    private static void WriteSpeed(LatencyReport? latency, PageText page)
    {
        if (latency is null)
        {
            PageCard.Open(page, "Speed", "not measured");
            page.Add($"<p><code>--measure</code> times FP32 and INT8</p></div>\n");
            return;
        }
        PageCard.Open(page, "Speed", FigureText.Speed(latency.Speedup, latency.Spread));
        PairBars.Write(
            page,
            new Cell(FigureText.Duration(latency.Fp32Ms), latency.Fp32Ms),
            new Cell(FigureText.Duration(latency.Int8Ms), latency.Int8Ms)
        );
        page.Add($"<p>{InspectionText.Ground(latency)}</p></div>\n");
    }
}
