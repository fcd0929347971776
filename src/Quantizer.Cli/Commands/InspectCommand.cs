using System.CommandLine;
using System.Globalization;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Summaries;
using Quantizer.Cli.Terminals;
using Quantizer.Execution;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Reporting.Inspections;
using Quantizer.Reporting.Page.Inspections;
using Quantizer.Targets;

namespace Quantizer.Cli.Commands;

/// <summary>quantize inspect MODEL</summary>
internal sealed class InspectCommand
{
    public const string Name = "inspect";

    private const string Example = "quantize inspect model.onnx";

    private readonly Argument<string> _model = Positional.Path("MODEL", "An .onnx file.");
    private readonly Option<QuantizationTarget?> _target = MethodFlags.Target();
    private readonly ShapeFlag _shapes = new(
        "The shape of an input whose sizes the model leaves open: work and memory depend on it. May be given several times."
    );
    private readonly Option<bool> _measure = Flag.Switch(
        "--measure",
        "Also time the model and its INT8 form on zeros, with made-up ranges: the speed is real, accuracy is not looked at."
    );
    private readonly Option<double?> _seconds = Flag.Seconds(
        $"How long to measure (default {LatencyMeasurement.DefaultBudget.TotalSeconds.ToString(CultureInfo.InvariantCulture)})."
    );
    private readonly Option<bool> _verbose = Flag.Switch("--verbose", "Name every node that would stay in float, not only the reasons.");
    private readonly ResultFlags _results = new(hasPage: true);

    public CommandPage Create(Terminal terminal, PipelineCalls calls, CancellationToken cancellation)
    {
        const string Summary = "Describes a model and what quantization would do with it; changes nothing.";
        Command command = new(Name, Summary) { _model };
        Positional.Require(command, _model, "the .onnx file to describe", Example);
        command.SetAction(parse =>
        {
            ModelInspection inspection = calls.Inspect(Read(parse), cancellation);
            if (_results.IsJson(parse))
                terminal.Out.WriteLine(JsonInspectionWriter.ToText(inspection));
            else
                InspectionSummary.Write(inspection, parse.GetValue(_verbose), terminal);
            _results.Write(
                parse,
                () => JsonInspectionWriter.ToText(inspection),
                () => MarkdownInspectionWriter.ToText(inspection),
                () => HtmlInspectionWriter.ToText(inspection)
            );
            return ExitCodes.For(inspection.Findings);
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize inspect MODEL [options]", "")],
            [
                (Example, "Size and memory of the INT8 model, and which nodes would stay in float and why."),
                (
                    "quantize inspect model.onnx --measure --report model.html",
                    "How much faster it would be here; and a page with every node."
                ),
            ],
            [
                new FlagGroup("What is looked at", [_target, _shapes.Option, _measure, _seconds]),
                new FlagGroup("Output", [.. _results.All, _verbose]),
            ]
        ).WithOptionsAdded();
    }

    private InspectOptions Read(ParseResult parse)
    {
        TimeSpan time = parse.GetValue(_seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : LatencyMeasurement.DefaultBudget;
        return new InspectOptions
        {
            ModelPath = parse.GetRequiredValue(_model),
            Target = parse.GetValue(_target) ?? QuantizationTarget.Default,
            Shapes = _shapes.Read(parse),
            MeasureTime = parse.GetValue(_measure) ? time : null,
            ReportPaths = _results.Paths(parse),
        };
    }
}
