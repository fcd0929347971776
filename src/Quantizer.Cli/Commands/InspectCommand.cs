using System.CommandLine;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Summaries;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting;

namespace Quantizer.Cli.Commands;

/// <summary>quantize inspect MODEL</summary>
internal sealed class InspectCommand
{
    public const string Name = "inspect";

    private const string Example = "quantize inspect model.onnx";

    private readonly Argument<string> _model = Positional.Path("MODEL", "An .onnx file.");
    private readonly Option<bool> _json = Flag.Switch(
        "--json",
        "Print the description as JSON on standard output, and nothing else there."
    );
    private readonly Option<bool> _verbose = Flag.Switch("--verbose", "Name every node that would stay in float, not only the reasons.");

    public CommandPage Create(Terminal terminal, PipelineCalls calls)
    {
        const string Summary = "Describes a model and what quantization would do with it; changes nothing.";
        Command command = new(Name, Summary) { _model };
        Positional.Require(command, _model, "the .onnx file to describe", Example);
        command.SetAction(parse =>
        {
            ModelInspection inspection = calls.Inspect(parse.GetRequiredValue(_model));
            if (parse.GetValue(_json))
                terminal.Out.WriteLine(JsonInspectionWriter.ToText(inspection));
            else
                InspectionSummary.Write(inspection, parse.GetValue(_verbose), terminal);
            return ExitCodes.For(inspection.Findings);
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize inspect MODEL [options]", "")],
            [(Example, "Inputs, outputs, operators, and which nodes would stay in float and why.")],
            [new FlagGroup("Output", [_json, _verbose])]
        ).WithOptionsAdded();
    }
}
