using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Graphs;
using Quantizer.Reporting;
using Quantizer.Reporting.Inspections;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Summaries;

/// <summary>A model file for a person at a terminal.</summary>
internal static class InspectionSummary
{
    public static void Write(ModelInspection inspection, bool verbose, Terminal terminal)
    {
        TextWriter text = terminal.Out;
        text.WriteLine(terminal.Ink.Bold(Printable.Line(inspection.Path)));
        text.WriteLine();
        FactLines.Write("File", InspectionText.File(inspection), terminal);
        WriteSignatures("Input", inspection.Inputs, terminal);
        WriteSignatures("Output", inspection.Outputs, terminal);
        FactLines.Write("Parameters", FigureText.Count(inspection.Parameters), terminal);
        FactLines.Write(
            "Operators",
            string.Join(", ", inspection.OperatorCounts.Select(pair => $"{pair.Key} {FigureText.Count(pair.Value)}")),
            terminal
        );
        FactLines.Write("Work", InspectionText.Work(inspection), terminal);
        WriteExpected(inspection, terminal);
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

    private static void WriteExpected(ModelInspection inspection, Terminal terminal)
    {
        if (inspection.Expected is { } expected)
        {
            FactLines.Write("INT8 file", InspectionText.Size(inspection, expected), terminal);
            FactLines.Write("Weights", $"in memory {InspectionText.Weights(expected)}", terminal);
        }
        else if (!inspection.IsQuantized)
        {
            FactLines.Write("INT8 file", InspectionText.Nothing, terminal);
        }
        if (inspection.Activations is { } activations)
            FactLines.Write("Activations", InspectionText.Activations(activations), terminal);
        if (inspection.Expected is not null)
            FactLines.Write("Speed", InspectionText.Speed(inspection.Latency), terminal);
        if (inspection.Latency is { } latency)
            FactLines.Write("", InspectionText.Ground(latency), terminal);
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
