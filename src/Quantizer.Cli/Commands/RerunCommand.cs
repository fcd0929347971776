using System.CommandLine;
using Quantizer.Cli.Configurations;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Files;
using Quantizer.Reporting;

namespace Quantizer.Cli.Commands;

/// <summary>quantize rerun REPORT</summary>
internal sealed class RerunCommand
{
    public const string Name = "rerun";

    private const string Example = "quantize rerun report.json -o again.onnx";

    private readonly Argument<string> _report = Positional.Path("REPORT", "A .json report of a quantization.");
    private readonly Option<string?> _output = OutputFlags.Model("Where the INT8 model goes (default: where the report's went).");
    private readonly OutputFlags _outputs = new();

    public CommandPage Create(ReportedRun run, Terminal terminal, PipelineCalls calls, CancellationToken cancellation)
    {
        const string Summary = "Repeats the run that a report is of, and says whether the INT8 file has the same bytes.";
        Command command = new(Name, Summary) { _report };
        Positional.Require(command, _report, "the .json report of the run to repeat", Example);
        command.Validators.Add(_outputs.Check);
        command.SetAction(parse =>
        {
            QuantizationReport report = ReportReader.Read(parse.GetRequiredValue(_report));
            OutputSettings settings = _outputs.Read(parse);
            QuantizationReport? again = null;
            QuantizationOptions options = Read(report, parse, run, calls);
            int code = run.Execute(settings, observer => again = calls.Quantize(options, observer, cancellation));
            TextWriter text = settings.Json || settings.Quiet ? terminal.Error : terminal.Out;
            return Tell(report, again!, text, terminal) ? code : ExitCodes.Failed;
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize rerun REPORT [options]", "")],
            [
                (
                    Example,
                    "The report's model, data and options, with what was measured or guessed fixed to what it came to. Relative paths begin "
                        + "where the first run's did. Exit code 1 where the bytes differ."
                ),
            ],
            [new FlagGroup("Output", [_output, .. _outputs.All])]
        ).WithOptionsAdded();
    }

    private QuantizationOptions Read(QuantizationReport report, ParseResult parse, ReportedRun run, PipelineCalls calls)
    {
        if (report.Data.Calibration is null)
        {
            throw new UsageException(
                $"'{parse.GetRequiredValue(_report)}' is the report of a comparison; a quantization is what can be repeated."
            );
        }

        QuantizeCommand quantize = new();
        Command command = quantize.Create(run, calls, CancellationToken.None).Command;
        ParseResult reported = command.Parse(
            ReportedOptions.Arguments(report, command),
            new ParserConfiguration { ResponseFileTokenReplacer = null }
        );
        if (reported.Errors is [var error, ..])
            throw new QuantizationException($"The report's options cannot be taken: {error.Message}");
        QuantizationOptions options = quantize.Read(reported);
        RequireSameModel(report, options.ModelPath);
        return options with
        {
            OutputPath = parse.GetValue(_output) ?? options.OutputPath,
            ReportPaths = _outputs.Read(parse).Reports,
            ArgumentFiles = [parse.GetRequiredValue(_report)],
            KnownFloor = report.Floor,
            KnownSlowNodes = report.SlowNodes,
        };
    }

    private static void RequireSameModel(QuantizationReport report, string path)
    {
        if (!File.Exists(path))
            throw new UsageException($"The report's model '{path}' does not exist. Put it there, or run where the first run's paths hold.");
        string found = FileHash.Of(path);
        if (found != report.Model.Sha256)
        {
            throw new UsageException(
                $"The model '{path}' is not the one of the report: its SHA-256 is {found}, the report's {report.Model.Sha256}."
            );
        }
    }

    /// <returns>Whether the bytes are the same, as far as the report tells.</returns>
    private static bool Tell(QuantizationReport report, QuantizationReport again, TextWriter text, Terminal terminal)
    {
        text.WriteLine();
        if (report.Manifest is not { Int8Sha256: { Length: > 0 } expected })
        {
            Write("The report does not tell the bytes of its INT8 file, so nothing is said of those of this one.", text);
            return true;
        }
        string found = FileHash.Of(again.Model.Output);
        if (found == expected)
        {
            Write($"The INT8 file has the same bytes as the report's (SHA-256 {found}).", text);
            return true;
        }
        Write(
            $"error: The INT8 file '{again.Model.Output}' has other bytes than the report's: its SHA-256 is {found}, the report's {expected}. "
                + Reason(report, again),
            terminal.Error
        );
        return false;

        void Write(string line, TextWriter to) => WordWrap.WriteHanging(to, "", line, terminal.Width);
    }

    private static string Reason(QuantizationReport report, QuantizationReport again)
    {
        (string What, string? Then, string? Now)[] facts =
        [
            ("quantize", report.Tool.Version, again.Tool.Version),
            ("ONNX Runtime", report.Tool.OnnxRuntime, again.Tool.OnnxRuntime),
            ("processor", report.Manifest?.Processor, again.Manifest?.Processor),
            ("system", report.Manifest?.System, again.Manifest?.System),
        ];
        string[] changed =
        [
            .. facts
                .Where(fact => fact.Then != fact.Now && fact.Now is not null)
                .Select(fact => $"{fact.What} was {fact.Then} and is {fact.Now}"),
        ];
        return changed.Length > 0
            ? $"What differs: {string.Join("; ", changed)}."
            : "The versions of quantize and ONNX Runtime and the processor are the same, so the data must have changed.";
    }
}
