using System.CommandLine;
using System.Globalization;
using Quantizer.Cli.Explanations;
using Quantizer.Cli.Flags;
using Quantizer.Cli.Layout;
using Quantizer.Cli.Summaries;
using Quantizer.Cli.Terminals;
using Quantizer.Findings;

namespace Quantizer.Cli.Commands;

/// <summary>quantize explain [CODE]</summary>
internal sealed class ExplainCommand
{
    private const string Example = "quantize explain QZ101";

    private readonly Argument<string> _code = Positional.Path("CODE", "The code of a finding, such as QZ101; without it all are listed.");

    public CommandPage Create(Terminal terminal)
    {
        const string Summary = "Explains a finding: how it is measured, why it happens, and what to do.";
        Command command = new("explain", Summary) { _code };
        // Pages are read only when one is asked for.
        _code.CompletionSources.Add([.. FindingKind.All.Select(kind => kind.Code)]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_code) is { Tokens: [{ Value: var code }] } && PageOf(code) is null)
                result.AddError(Unknown(code));
        });
        command.SetAction(parse =>
        {
            if (PageOf(parse.GetRequiredValue(_code)) is { } page)
                Write(page, terminal);
            else
                WriteTable(terminal);
        });
        return new CommandPage(
            command,
            Summary,
            [("quantize explain CODE", "one finding"), ("quantize explain", "all codes with their titles")],
            [(Example, "What it means that INT8 is slower, and which flags help.")],
            []
        ).WithOptionsAdded();
    }

    private static FindingPage? PageOf(string code) =>
        FindingPage.All.FirstOrDefault(page => page.Kind.Code.Equals(code, StringComparison.OrdinalIgnoreCase));

    private static string Unknown(string code) =>
        Nearest(code.ToUpperInvariant()) is { } nearest
            ? $"There is no finding '{code}'; did you mean '{nearest}'? 'quantize explain' alone lists all codes."
            : $"There is no finding '{code}'; 'quantize explain' lists all codes.";

    /// <summary>Codes of near numbers tell of the same matter.</summary>
    private static string? Nearest(string code)
    {
        IEnumerable<string> codes = FindingKind.All.Select(kind => kind.Code);
        return int.TryParse(code.AsSpan().TrimStart("QZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? codes.MinBy(known => Math.Abs(int.Parse(known.AsSpan(2), CultureInfo.InvariantCulture) - number))
            : NearestWord.Find(code, codes);
    }

    private static void Write(FindingPage page, Terminal terminal)
    {
        WordWrap.WriteHanging(terminal.Out, $"{page.Kind.Code}: ", page.Title, terminal.Width, terminal.Ink.Bold);
        terminal.Out.WriteLine();
        PlainMarkdown.Write(page.Body, terminal);
    }

    private static void WriteTable(Terminal terminal)
    {
        TextTable table = new(Align.Left, Align.Left, Align.Left);
        foreach (FindingPage page in FindingPage.All)
            table.Add(page.Kind.Code, FindingLines.WordOf(page.Kind.Severity), page.Title);
        table.Write(terminal.Out, indent: "");
    }
}
