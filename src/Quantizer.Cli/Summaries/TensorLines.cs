using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Summaries;

/// <summary>Every quantized tensor with its range; the name comes last because it may be of any length.</summary>
internal static class TensorLines
{
    public static void Write(IReadOnlyList<TensorReport> tensors, Terminal terminal)
    {
        terminal.Out.WriteLine(terminal.Ink.Bold($"Quantized tensors: {FigureText.Count(tensors.Count)}"));
        if (tensors.Count == 0)
            return;
        TextTable table = new(Align.Left, Align.Right, Align.Right, Align.Right, Align.Left, Align.Right, Align.Left);
        table.Add("type", "min", "max", "zero", "range by", "SQNR", "name");
        foreach (TensorReport tensor in tensors)
        {
            table.Add(
                tensor.Type,
                FigureText.Short(tensor.Min),
                FigureText.Short(tensor.Max),
                tensor.ZeroPoint.ToString(),
                tensor.Method,
                TensorText.Sqnr(tensor),
                tensor.Name
            );
        }
        table.Write(terminal.Out);
    }
}
