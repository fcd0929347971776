using System.CommandLine;
using System.Globalization;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Summaries;
using Quantizer.Cli.Terminals;
using Quantizer.Pipeline;
using Quantizer.Reporting.Benches;
using Quantizer.Samples.Formats;

namespace Quantizer.Cli.Commands;

/// <summary>quantize bench A [B]</summary>
internal sealed class BenchCommand
{
    public const string Name = "bench";

    private const string Example = "quantize bench model.onnx model.int8.onnx";

    private static readonly BenchOptions Defaults = new() { ModelPaths = [] };

    private readonly Argument<string> _first = Positional.Path("A", "A model, an .onnx file.");
    private readonly Argument<string> _second = Positional.Path("B", "Another one that takes the same inputs, to measure against A.");
    private readonly Option<string[]> _data = DataFlags.Paths(
        "--data",
        $"What to feed, of which the first sample is taken: a folder of pictures or data files, or a {DataFormats.Endings} file (default: zeros)."
    );
    private readonly ShapeFlag _shapes = new(
        "The shape of an input of zeros whose sizes the model leaves open. May be given several times."
    );
    private readonly Option<IReadOnlyList<int>?> _threads = Counts("--threads", "Threads inside one inference, such as 1,2 (default 1).");
    private readonly Option<IReadOnlyList<int>?> _batches = Counts("--batch", "Samples per inference, such as 1,8 (default 1).");
    private readonly Option<double?> _seconds = Flag.Seconds(
        $"How long to measure for each number of threads and each batch (default {Defaults.Time.TotalSeconds.ToString(CultureInfo.InvariantCulture)})."
    );
    private readonly Option<bool> _profile = Flag.Switch("--profile", "Also tell the time of each operator, as ONNX Runtime measures it.");
    private readonly DataFlags _inputs = new();
    private readonly PictureFlags _pictures = new();
    private readonly ResultFlags _results = new();

    public CommandPage Create(Terminal terminal, PipelineCalls calls, CancellationToken cancellation)
    {
        const string Summary = "Measures how fast a model is, or two against each other in runs that take turns.";
        Command command = new(Name, Summary) { _first, _second };
        Positional.Require(command, _first, "the .onnx file to measure", Example);
        command.SetAction(parse =>
        {
            BenchOptions options = Read(parse);
            _results.Check(parse, [.. options.ModelPaths, .. options.DataPaths]);
            BenchReport bench = calls.Bench(options, cancellation);
            if (_results.IsJson(parse))
                terminal.Out.WriteLine(BenchWriters.ToJson(bench));
            else
                BenchSummary.Write(bench, terminal);
            _results.Write(parse, () => BenchWriters.ToJson(bench), () => BenchWriters.ToMarkdown(bench));
            return ExitCodes.Done;
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize bench A [B] [options]", "")],
            [
                (Example, "Medians, minima and samples per second, and how many times faster B is, with its confidence interval of 95 %."),
                ("quantize bench model.onnx --threads 1,2 --batch 1,8 --profile", "With every pair of both; and where the time goes."),
            ],
            [
                new FlagGroup("What is measured", [_data, _shapes.Option, _threads, _batches, _seconds, _profile]),
                new FlagGroup("Output", _results.All),
                _inputs.Group,
                _pictures.Group,
            ]
        ).WithOptionsAdded();
    }

    private BenchOptions Read(ParseResult parse) =>
        new()
        {
            ModelPaths = parse.GetValue(_second) is { Length: > 0 } second
                ? [parse.GetRequiredValue(_first), second]
                : [parse.GetRequiredValue(_first)],
            DataPaths = parse.GetValue(_data) ?? [],
            Shapes = _shapes.Read(parse),
            Threads = parse.GetValue(_threads) ?? Defaults.Threads,
            Batches = parse.GetValue(_batches) ?? Defaults.Batches,
            Time = parse.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : Defaults.Time,
            HasProfile = parse.GetValue(_profile),
            Inputs = _inputs.Read(parse),
            Pictures = _pictures.Read(parse) with { AcceptsGuess = true },
        };

    private static Option<IReadOnlyList<int>?> Counts(string name, string description) =>
        Flag.Create<IReadOnlyList<int>?>(
            name,
            "N,M",
            description,
            "whole numbers from 1 separated by commas, such as 1,8",
            static text => (NumberText.TryCounts(text, out IReadOnlyList<int> counts), counts)
        );
}
