using System.CommandLine;
using Quantizer.Cli.Configurations;
using Quantizer.Cli.Flags;
using Quantizer.Pipeline;
using Quantizer.Samples.Formats;

namespace Quantizer.Cli.Commands;

/// <summary>quantize MODEL --calib DATA</summary>
internal sealed class QuantizeCommand
{
    public const string Name = "quantize";

    private const string Example = "quantize model.onnx --calib ./images";

    // The defaults that the help page tells are the library's.
    private static readonly QuantizationOptions Defaults = new() { ModelPath = "", CalibrationPaths = [] };

    private readonly Argument<string> _model = Positional.Path("MODEL", "The FP32 model, an .onnx file.");

    private readonly Option<string[]> _calibration = DataFlags.Paths(
        "--calib",
        $"Typical inputs, to learn the ranges from: a folder of pictures or data files, or a {DataFormats.Endings} file. A few hundred samples are enough. Several, as NAME=DATA, feed one input each."
    );

    private readonly Option<int?> _random = Flag.Whole(
        "--random",
        1,
        "Calibrate on N samples of random numbers where there are no data: the speed is real, ranges and figures prove nothing."
    );

    private readonly Option<string[]> _evaluation = DataFlags.Paths(
        "--eval",
        "Other inputs, to measure the result on. Without it the calibration data are used, which flatters the result."
    );

    private readonly Option<string?> _labels = Flag.Text(
        "--labels",
        "FILE",
        "The right answers: text lines 'name index', or an .npy array of class indices. Folders named after classes need none."
    );

    private readonly Option<int?> _samples = Flag.Whole(
        "--samples",
        1,
        $"Calibrate on at most N inputs, chosen evenly over the classes (default {Defaults.Samples})."
    );

    private readonly Option<int?> _evaluationSamples = Flag.Whole(
        "--eval-samples",
        1,
        $"Measure on at most N inputs (default {Defaults.EvaluationSamples})."
    );

    private readonly Option<int?> _seed = Flag.Whole(
        "--seed",
        0,
        $"Which inputs are taken when there are more, or made at random (default {Defaults.Seed}). The same seed gives the same file."
    );

    private readonly Option<string?> _output = OutputFlags.Model("Where the INT8 model goes (default MODEL.int8.onnx beside the input).");

    private readonly Option<int?> _threads = Flag.Whole(
        "--threads",
        0,
        "Worker threads; 0 is one per core (default). The result does not depend on it."
    );

    private readonly Option<int?> _batch = Flag.Whole(
        "--batch",
        1,
        $"Inputs per inference (default {Defaults.BatchSize}). The result does not depend on it."
    );

    private readonly Option<string?> _configuration = ConfigurationFile.Option();

    private readonly DataFlags _inputs = new();
    private readonly TaskFlags _task = new();
    private readonly PictureFlags _pictures = new();
    private readonly MethodFlags _method = new();
    private readonly LimitFlags _limits = new();
    private readonly OutputFlags _outputs = new();

    public CommandPage Create(ReportedRun run, PipelineCalls calls, CancellationToken cancellation)
    {
        const string Summary = "Turns an FP32 ONNX model into a faster INT8 one and shows how well it does.";
        RootCommand command = new(Summary) { _model };
        Positional.Require(command, _model, "the FP32 .onnx file to quantize", Example);
        command.Validators.Add(_outputs.Check);
        command.Validators.Add(_method.Check);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_random) is { Tokens.Count: > 0 } && result.GetResult(_calibration) is { Tokens.Count: > 0 })
                result.AddError("Options '--random' and '--calib' contradict each other; give one of them.");
        });
        command.SetAction(parse => run.Execute(_outputs.Read(parse), observer => calls.Quantize(Read(parse), observer, cancellation)));
        return new CommandPage(command, Summary, Usages, Examples, Groups()).WithOptionsAdded();
    }

    private static readonly (string, string)[] Usages =
    [
        ("quantize MODEL --calib DATA [options]", "make the INT8 model and measure it"),
        ("quantize compare FP32 INT8 --data DATA", "measure one model against another"),
        ("quantize inspect MODEL", "describe a model, change nothing"),
        ("quantize --config FILE", "take options from a file"),
        ("quantize init MODEL", "write such a file"),
        ("quantize rerun REPORT", "repeat the run that a report is of"),
        ("quantize diff A B", "what changed between two reports or models"),
        ("quantize bench A [B]", "how fast a model is, or two are"),
        ("quantize explain [CODE]", "what a finding means and what to do"),
        ("quantize completion SHELL", "complete options in a shell"),
        ("quantize man", "print the manual page"),
    ];

    private static readonly (string, string)[] Examples =
    [
        (
            Example,
            "Writes model.int8.onnx beside the model. How the pictures must be prepared is found out and printed, with the flags that fix "
                + "it."
        ),
        (
            "quantize model.onnx --calib ./train --eval ./val --report result.json",
            "Measures on pictures that calibration has not seen. Folders named after classes give the accuracy."
        ),
        (
            "quantize model.onnx --calib inputs.npz -o small.onnx --exclude '/head/*'",
            "Feeds arrays as they are, one per model input, and leaves part of the model in float."
        ),
        (
            "quantize model.onnx --activations dynamic",
            "Needs no data: linear layers and LSTMs take their ranges in each run, and other weights are stored as int8."
        ),
    ];

    private IReadOnlyList<FlagGroup> Groups() =>
        [
            new("Data", [_calibration, _random, _evaluation, _labels, _samples, _evaluationSamples, _seed]),
            new("Output", [_output, .. _outputs.All]),
            _inputs.Group,
            _task.Group,
            _limits.Group,
            _pictures.Group,
            _method.What,
            _method.How,
            new("Work", [_threads, _batch, _configuration]),
        ];

    /// <summary>What a command line of this command, once it is made, asks for.</summary>
    public QuantizationOptions Read(ParseResult parse) =>
        _method.Apply(
            parse,
            Defaults with
            {
                ModelPath = parse.GetRequiredValue(_model),
                CalibrationPaths = parse.GetValue(_calibration) ?? [],
                RandomSamples = parse.GetValue(_random),
                EvaluationPaths = parse.GetValue(_evaluation) ?? [],
                LabelsPath = parse.GetValue(_labels),
                OutputPath = parse.GetValue(_output),
                ReportPaths = _outputs.Read(parse).Reports,
                Details = _outputs.Read(parse).Details,
                Samples = parse.GetValue(_samples) ?? Defaults.Samples,
                EvaluationSamples = parse.GetValue(_evaluationSamples) ?? Defaults.EvaluationSamples,
                Seed = parse.GetValue(_seed) ?? Defaults.Seed,
                Judging = _task.Read(parse),
                Limits = _limits.Read(parse),
                Pictures = _pictures.Read(parse),
                Inputs = _inputs.Read(parse),
                Threads = parse.GetValue(_threads) ?? Defaults.Threads,
                BatchSize = parse.GetValue(_batch) ?? Defaults.BatchSize,
            }
        );
}
