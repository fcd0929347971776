using System.CommandLine;
using System.CommandLine.Parsing;
using Quantizer.Reporting;

namespace Quantizer.Cli.Flags;

/// <summary>What is told about a run, and where.</summary>
internal sealed class OutputFlags
{
    private readonly Option<string[]> _reports = Flag.Repeated(
        "--report",
        "FILE",
        $"Write the report too; its kind goes by the extension: {Flag.Or(ReportFormats.Extensions)}; .csv is one table of nodes and tensors. May be given several times."
    );

    private readonly Option<bool> _json = Flag.Switch("--json", "Print the report as JSON on standard output, and nothing else there.");

    private readonly Option<bool> _details = Flag.Switch(
        "--details",
        $"Also collect the error along the network, histograms and samples whose answer changed, for about the time of the comparison, and of a new model what each layer costs at the outputs, for some ten seconds more at most. With a report in {Flag.Or([.. ReportFormats.Extensions.Where(ReportFormats.ShowsDetails)])} that is done anyhow."
    );

    private readonly Option<bool> _quiet = Flag.Switch("--quiet", "Print only warnings and errors.");

    public OutputFlags() => _reports.Validators.Add(CheckReports);

    /// <summary>Also decides whether an unexpected error shows its stack trace.</summary>
    public Option<bool> Verbose { get; } =
        Flag.Switch("--verbose", "Also name each stage as it begins, the nodes left in float and why, and the range of every tensor.");

    public IReadOnlyList<Option> All => [_reports, _json, _details, _quiet, Verbose];

    /// <summary>Where the file goes that a command makes.</summary>
    public static Option<string?> Model(string description) => Flag.Text("--output", "FILE", description, "-o");

    public OutputSettings Read(ParseResult parse) =>
        new(parse.GetValue(_reports) ?? [], parse.GetValue(_json), parse.GetValue(_quiet), parse.GetValue(Verbose))
        {
            Details = parse.GetValue(_details) || (parse.GetValue(_reports) ?? []).Any(ReportFormats.ShowsDetails),
        };

    /// <summary>For a command's own validators: two wishes that contradict each other.</summary>
    public void Check(CommandResult result)
    {
        if (result.GetResult(_quiet) is { Implicit: false } && result.GetResult(Verbose) is { Implicit: false })
            result.AddError("Options '--quiet' and '--verbose' contradict each other; give one of them.");
    }

    /// <summary>Before the run: afterwards it would be a pity.</summary>
    private static void CheckReports(OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            string path = token.Value;
            if (ReportFormats.ForPath(path) is null)
                result.AddError($"Option '--report' got '{path}'; expected a file name that ends in {Flag.Or(ReportFormats.Extensions)}.");
            else if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
                result.AddError($"Option '--report' got '{path}', but the folder '{folder}' does not exist; create it first.");
        }
    }
}
