using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Graphs;
using Quantizer.Reporting;

namespace Quantizer.Cli.Summaries;

/// <summary>A model file for a person at a terminal.</summary>
internal static class InspectionSummary
{
    public static void Write(ModelInspection inspection, bool verbose, Terminal terminal)
    {
        TextWriter text = terminal.Out;
        text.WriteLine(terminal.Ink.Bold(Printable.Line(inspection.Path)));
        text.WriteLine();
        string producer = inspection.Producer.Length == 0 ? "" : $", made by {inspection.Producer}";
        FactLines.Write(
            "File",
            $"{FigureText.Bytes(inspection.FileBytes)}, opset {inspection.Opset}, IR version {inspection.IrVersion}{producer}",
            terminal
        );
        WriteSignatures("Input", inspection.Inputs, terminal);
        WriteSignatures("Output", inspection.Outputs, terminal);
        FactLines.Write("Parameters", FigureText.Count(inspection.Parameters), terminal);
        FactLines.Write(
            "Operators",
            string.Join(", ", inspection.OperatorCounts.Select(pair => $"{pair.Key} {FigureText.Count(pair.Value)}")),
            terminal
        );
        FactLines.Write("Work", Work(inspection), terminal);
        if (inspection.Nodes.Count > 0 && !inspection.IsQuantized)
        {
            text.WriteLine();
            NodeLines.Write(inspection.Nodes, verbose, terminal);
        }
        if (inspection.Findings.Count > 0)
        {
            text.WriteLine();
            FindingLines.Write(inspection.Findings, text, terminal.Ink, terminal.Width);
            FindingLines.WriteWhereMoreIs(inspection.Findings, text);
        }
    }

    private static string Work(ModelInspection inspection)
    {
        const string open = "sizes that the model leaves open";
        string known = $"{FigureText.Count(inspection.MacsAtLeast)} multiply-accumulates per sample";
        string macs =
            inspection.Macs is not null ? known
            : inspection.MacsAtLeast > 0 ? $"at least {known}, the rest depends on {open}"
            : $"unknown, because it depends on {open}";
        if (inspection.IsQuantized)
            return $"{macs}; the model is quantized already";
        return inspection.PercentPlaced is { } placed ? $"{macs}; {FigureText.Percent(placed)} of it would be placed as integers" : macs;
    }

    private static void WriteSignatures(string name, IReadOnlyList<TensorSignature> signatures, Terminal terminal)
    {
        string label = signatures.Count == 1 ? name : $"{name}s";
        foreach (TensorSignature signature in signatures)
        {
            FactLines.Write(label, SignatureText.Of(signature), terminal);
            label = "";
        }
    }
}
