using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting.Benches;
using Quantizer.Reporting.Texts;

namespace Quantizer.Cli.Summaries;

/// <summary>Measured speeds for a person at a terminal.</summary>
internal static class BenchSummary
{
    public static void Write(BenchReport bench, Terminal terminal)
    {
        TextWriter text = terminal.Out;
        string[] names = bench.Models.Count == 1 ? [""] : ["A", "B"];
        foreach ((string name, BenchModel model) in names.Zip(bench.Models))
            text.WriteLine(terminal.Ink.Bold(Printable.Line($"{name} {model.Path} ({FigureText.Bytes(model.Bytes)})".Trim())));
        text.WriteLine();
        TextTable table = new(Align.Right, Align.Right, Align.Left, Align.Right, Align.Right, Align.Right);
        table.Add("threads", "batch", "", "median", "minimum", "samples/s");
        foreach (BenchCell cell in bench.Cells)
        {
            for (int i = 0; i < names.Length; i++)
            {
                BenchTimes times = cell.Times[i];
                table.Add(
                    i == 0 ? FigureText.Count(cell.Threads) : "",
                    i == 0 ? FigureText.Count(cell.Batch) : "",
                    names[i],
                    FigureText.Duration(times.MedianMs),
                    FigureText.Duration(times.MinimumMs),
                    BenchText.PerSecond(times)
                );
            }
        }
        table.Write(text, paint: (row, _, cell) => row == 0 ? terminal.Ink.Bold(cell) : cell);
        WriteRatios(bench, terminal);
        foreach (BenchProfile profile in bench.Profiles)
            WriteProfile(profile, terminal);
        text.WriteLine();
        FactLines.Write("Fed with", bench.Inputs, terminal);
        foreach (string note in bench.Notes)
            WordWrap.WriteHanging(text, "note: ", note, terminal.Width, terminal.Ink.Cyan);
    }

    private static void WriteRatios(BenchReport bench, Terminal terminal)
    {
        if (bench.Models.Count < 2)
            return;
        terminal.Out.WriteLine();
        TextTable table = new(Align.Right, Align.Right, Align.Left);
        table.Add("threads", "batch", "B against A");
        foreach (BenchCell cell in bench.Cells.Where(cell => cell.Ratio is not null))
            table.Add(FigureText.Count(cell.Threads), FigureText.Count(cell.Batch), BenchText.Ratio(cell.Ratio!));
        table.Write(terminal.Out, paint: (row, _, cell) => row == 0 ? terminal.Ink.Bold(cell) : cell);
    }

    private static void WriteProfile(BenchProfile profile, Terminal terminal)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            terminal.Ink.Bold(
                Printable.Line(
                    $"{profile.Path} by operator ({FigureText.Count(profile.Threads, "thread")}, batch {FigureText.Count(profile.Batch)})"
                )
            )
        );
        TextTable table = new(Align.Left, Align.Right, Align.Right, Align.Right);
        table.Add("operator", "nodes", "time", "share");
        foreach (KernelTime kernel in profile.Kernels)
        {
            table.Add(
                kernel.Operator,
                FigureText.Count(kernel.Nodes),
                FigureText.Duration(kernel.Milliseconds),
                FigureText.Percent(kernel.Percent)
            );
        }

        table.Write(terminal.Out);
    }
}
