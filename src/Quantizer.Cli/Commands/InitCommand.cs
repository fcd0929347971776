using System.CommandLine;
using System.Text;
using Quantizer.Cli.Configurations;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Graphs.Files;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Inspections;

namespace Quantizer.Cli.Commands;

/// <summary>quantize init MODEL</summary>
internal sealed class InitCommand
{
    public const string Name = "init";

    private const string Example = "quantize init model.onnx --calib ./images";
    private const string DefaultOutput = "quantize.json";

    private readonly Argument<string> _model = Positional.Path("MODEL", "The FP32 model, an .onnx file.");
    private readonly Option<string[]> _calibration = DataFlags.Paths(
        "--calib",
        "Typical inputs: how the model wants its pictures and what it is judged by is found out from them, as a run would."
    );
    private readonly Option<string?> _output = OutputFlags.Model($"Where the configuration goes (default {DefaultOutput}).");
    private readonly Option<bool> _force = Flag.Switch("--force", "Replace a file that is there.");

    public CommandPage Create(Terminal terminal, PipelineCalls calls, CancellationToken cancellation)
    {
        const string Summary = "Looks at a model and its data, and writes a configuration for --config with remarks.";
        Command command = new(Name, Summary) { _model };
        Positional.Require(command, _model, "the .onnx file to look at", Example);
        command.SetAction(parse =>
        {
            string path = parse.GetValue(_output) ?? DefaultOutput;
            if (!parse.GetValue(_force) && (File.Exists(path) || Directory.Exists(path)))
                throw new UsageException($"The file '{path}' is there already. Give another one with -o, or replace it with --force.");
            QuantizationOptions options = new()
            {
                ModelPath = parse.GetRequiredValue(_model),
                CalibrationPaths = parse.GetValue(_calibration) ?? [],
            };
            ModelSurvey survey = calls.Survey(options, path, cancellation);
            if (survey.Inspection.IsQuantized)
                throw new QuantizationException($"The model '{options.ModelPath}' is quantized already. Give the FP32 model.");
            Write(
                path,
                new ConfigurationDraft(new QuantizeCommand().Create(new ReportedRun(terminal), calls, cancellation).Command, path).Text(
                    options,
                    survey
                )
            );
            WordWrap.WriteHanging(
                terminal.Out,
                "",
                $"Wrote {path}. Read it, change what you know better, and run: quantize {ConfigurationFile.Name} {path}",
                terminal.Width
            );
            return ExitCodes.Done;
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize init MODEL [--calib DATA] [-o FILE]", "")],
            [(Example, $"Writes {DefaultOutput}: what was found, and the fields that most want a look, each with its help.")],
            [new FlagGroup("Data", [_calibration]), new FlagGroup("Output", [_output, _force])]
        ).WithOptionsAdded();
    }

    private static void Write(string path, string text)
    {
        try
        {
            ReplacingFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException($"The configuration '{path}' could not be written: {error.Message}", error);
        }
    }
}
