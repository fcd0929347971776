using System.CommandLine;
using System.CommandLine.Parsing;
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
    private readonly Option<string[]> _shapes = Flag.Repeated(
        "--shape",
        "NAME=A,B,C",
        "The shape of an input of zeros whose sizes the model leaves open. May be given several times."
    );
    private readonly Option<IReadOnlyList<int>?> _threads = Counts("--threads", "Threads inside one inference, such as 1,2 (default 1).");
    private readonly Option<IReadOnlyList<int>?> _batches = Counts("--batch", "Samples per inference, such as 1,8 (default 1).");
    private readonly Option<double?> _seconds = Flag.Create<double?>(
        "--seconds",
        "S",
        $"How long to measure for each number of threads and each batch (default {Defaults.Time.TotalSeconds.ToString(CultureInfo.InvariantCulture)}).",
        "a number above 0, such as 1.5",
        static text =>
            (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value > 0, value)
    );
    private readonly Option<bool> _profile = Flag.Switch("--profile", "Also tell the time of each operator, as ONNX Runtime measures it.");
    private readonly DataFlags _inputs = new();
    private readonly PictureFlags _pictures = new();
    private readonly ResultFlags _results = new();

    public BenchCommand() =>
        _shapes.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => ShapeOf(token.Value) is null))
                result.AddError($"Option '--shape' got '{token.Value}'; expected NAME=A,B,C, such as image=1,3,224,224.");
        });

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
                new FlagGroup("What is measured", [_data, _shapes, _threads, _batches, _seconds, _profile]),
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
            Shapes = (parse.GetValue(_shapes) ?? [])
                .Select(text => ShapeOf(text)!.Value)
                .GroupBy(shape => shape.Input)
                .ToDictionary(group => group.Key, group => group.Last().Sizes),
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
            static text => NumbersOf(text) is { } numbers ? (true, [.. numbers.Select(number => (int)number)]) : (false, null)
        );

    /// <summary>The last sign parts them: sizes hold none, names may.</summary>
    private static (string Input, IReadOnlyList<long> Sizes)? ShapeOf(string text) =>
        text.LastIndexOf('=') is > 0 and int at && NumbersOf(text[(at + 1)..]) is { } sizes ? (text[..at], sizes) : null;

    private static IReadOnlyList<long>? NumbersOf(string text)
    {
        List<long> numbers = [];
        foreach (string word in text.Split(','))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < 1)
                return null;
            numbers.Add(number);
        }
        return numbers;
    }
}
