using System.CommandLine;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Summaries;
using Quantizer.Cli.Terminals;
using Quantizer.Reporting;
using Quantizer.Reporting.Differences;

namespace Quantizer.Cli.Commands;

/// <summary>quantize diff A B</summary>
internal sealed class DiffCommand
{
    public const string Name = "diff";

    private const string Example = "quantize diff old.json new.json";
    private const string ModelEnding = ".onnx";

    private readonly Argument<string> _before = Positional.Path("A", "A .json report, or an .onnx file.");
    private readonly Argument<string> _after = Positional.Path("B", "Another one of the same kind.");
    private readonly Option<bool> _exitCode = Flag.Switch("--exit-code", "End with exit code 1 where they differ, as git diff does.");
    private readonly Option<bool> _verbose = Flag.Switch("--verbose", "Tell all nodes and tensors that changed, not only the first.");
    private readonly ResultFlags _results = new();

    public CommandPage Create(Terminal terminal, PipelineCalls calls)
    {
        const string Summary = "Tells what changed between two reports, or between two model files.";
        Command command = new(Name, Summary) { _before, _after };
        Positional.Require(command, _before, "the first report or model", Example);
        Positional.Require(command, _after, "the second report or model", Example);
        command.SetAction(parse =>
        {
            (string before, string after) = (parse.GetRequiredValue(_before), parse.GetRequiredValue(_after));
            _results.Check(parse, [before, after]);
            ReportDifference difference = Between(before, after, calls);
            if (_results.IsJson(parse))
                terminal.Out.WriteLine(JsonDifferenceWriter.ToText(difference));
            else
                DifferenceSummary.Write(difference, parse.GetValue(_verbose), terminal);
            _results.Write(parse, () => JsonDifferenceWriter.ToText(difference), () => MarkdownDifferenceWriter.ToText(difference));
            return difference.Differs && parse.GetValue(_exitCode) ? ExitCodes.Failed : ExitCodes.Done;
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize diff A B [options]", "")],
            [
                (Example, "Figures, speed, nodes, ranges, options, findings and versions. No verdict on speeds within their spreads."),
                ("quantize diff a.int8.onnx b.int8.onnx --exit-code", "The forms of nodes and the ranges of tensors in two files."),
            ],
            [new FlagGroup("Output", [.. _results.All, _verbose, _exitCode])]
        ).WithOptionsAdded();
    }

    private static ReportDifference Between(string before, string after, PipelineCalls calls)
    {
        if (IsModel(before) != IsModel(after))
            throw new UsageException($"'{before}' and '{after}' are of two kinds. Give two .json reports, or two {ModelEnding} files.");
        return IsModel(before)
            ? calls.Diff(before, after)
            : DifferenceFinder.Of(ReportReader.Read(before), before, ReportReader.Read(after), after);
    }

    private static bool IsModel(string path) => Path.GetExtension(path).Equals(ModelEnding, StringComparison.OrdinalIgnoreCase);
}
