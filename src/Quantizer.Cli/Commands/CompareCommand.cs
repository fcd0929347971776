using System.CommandLine;
using Quantizer.Cli.Configurations;
using Quantizer.Cli.Flags;
using Quantizer.Pipeline;
using Quantizer.Samples.Formats;

namespace Quantizer.Cli.Commands;

/// <summary>quantize compare FP32 INT8 --data DATA</summary>
internal sealed class CompareCommand
{
    public const string Name = "compare";

    private const string Example = "quantize compare model.onnx model.int8.onnx --data ./val";

    private static readonly CompareOptions Defaults = new()
    {
        Fp32Path = "",
        Int8Path = "",
        DataPaths = [],
    };

    private readonly Argument<string> _fp32 = Positional.Path("FP32", "The original model.");
    private readonly Argument<string> _int8 = Positional.Path("INT8", "The quantized model, whoever made it.");
    private readonly Option<string[]> _data = DataFlags.Paths(
        "--data",
        $"Inputs to measure on: a folder of pictures or data files, or a {DataFormats.Endings} file. Several, as NAME=DATA, feed one input each."
    );
    private readonly Option<string?> _labels = Flag.Text(
        "--labels",
        "FILE",
        "The right answers: text lines 'name index', or an .npy array of class indices. Folders named after classes need none."
    );
    private readonly Option<int?> _samples = Flag.Whole("--samples", 1, $"Measure on at most N inputs (default {Defaults.Samples}).");
    private readonly Option<int?> _seed = Flag.Whole("--seed", 0, $"Which inputs are taken when there are more (default {Defaults.Seed}).");
    private readonly Option<int?> _threads = Flag.Whole("--threads", 0, "Worker threads; 0 is one per core (default).");
    private readonly Option<string?> _configuration = ConfigurationFile.Option();
    private readonly DataFlags _inputs = new();
    private readonly TaskFlags _task = new();
    private readonly PictureFlags _pictures = new();
    private readonly LimitFlags _limits = new();
    private readonly OutputFlags _outputs = new();

    public CommandPage Create(ReportedRun run, PipelineCalls calls, CancellationToken cancellation)
    {
        const string Summary = "Measures two model files against each other on the same data.";
        Command command = new(Name, Summary) { _fp32, _int8 };
        Positional.Require(command, _fp32, "the original .onnx file", Example);
        Positional.Require(command, _int8, "the quantized .onnx file", Example);
        Positional.Require(
            command,
            _data,
            $"inputs to measure on, a folder of pictures or data files, or a {DataFormats.Endings} file",
            Example
        );
        command.Validators.Add(_outputs.Check);
        command.SetAction(parse => run.Execute(_outputs.Read(parse), observer => calls.Compare(Read(parse), observer, cancellation)));
        return new CommandPage(
            command,
            Summary,
            [("quantize compare FP32 INT8 --data DATA [options]", "")],
            [
                (Example, "Accuracy, agreement, signal-to-noise ratio, speed and size of both."),
                ("quantize compare a.onnx b.onnx --data inputs.npz --json", "The same for ready inputs, as JSON for other programs."),
            ],
            [
                new FlagGroup("Data", [_data, _labels, _samples, _seed]),
                new FlagGroup("Output", _outputs.All),
                _inputs.Group,
                _task.Group,
                _limits.Group,
                _pictures.Group,
                new FlagGroup("Work", [_threads, _configuration]),
            ]
        ).WithOptionsAdded();
    }

    private CompareOptions Read(ParseResult parse) =>
        new()
        {
            Fp32Path = parse.GetRequiredValue(_fp32),
            Int8Path = parse.GetRequiredValue(_int8),
            DataPaths = parse.GetRequiredValue(_data),
            LabelsPath = parse.GetValue(_labels),
            ReportPaths = _outputs.Read(parse).Reports,
            Details = _outputs.Read(parse).Details,
            Samples = parse.GetValue(_samples) ?? Defaults.Samples,
            Seed = parse.GetValue(_seed) ?? Defaults.Seed,
            Judging = _task.Read(parse),
            Limits = _limits.Read(parse),
            Pictures = _pictures.Read(parse),
            Inputs = _inputs.Read(parse),
            Threads = parse.GetValue(_threads) ?? Defaults.Threads,
        };
}
