using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Quantizer.Graphs.Files;
using Quantizer.Pipeline.Files;

namespace Quantizer.Cli.Flags;

/// <summary>Where a result goes that is no report of a run: to the terminal, as JSON, and into files of either kind.</summary>
internal sealed class ResultFlags
{
    private const string JsonEnding = ".json";
    private static readonly string[] Endings = [JsonEnding, ".md", ".markdown"];

    private readonly Option<string[]> _reports = Flag.Repeated(
        "--report",
        "FILE",
        $"Write it too; its kind goes by the extension: {Flag.Or(Endings)}. May be given several times."
    );

    private readonly Option<bool> _json = Flag.Switch("--json", "Print it as JSON on standard output, and nothing else there.");

    public ResultFlags() => _reports.Validators.Add(CheckEndings);

    public IReadOnlyList<Option> All => [_reports, _json];

    public bool IsJson(ParseResult parse) => parse.GetValue(_json);

    /// <summary>Before the work: afterwards it would be a pity.</summary>
    /// <param name="inputs">The files that are read.</param>
    /// <exception cref="UsageException">A file that is to be written is one that is read.</exception>
    public void Check(ParseResult parse, IEnumerable<string> inputs)
    {
        foreach (string input in inputs)
        {
            if (Paths(parse).FirstOrDefault(path => FilePlace.Of(path).IsSameAs(FilePlace.Of(input))) is { } path)
            {
                throw new UsageException(
                    $"The report '{path}' is the file '{input}', which is read and never changed. Give another file with --report."
                );
            }
        }
    }

    /// <exception cref="QuantizationException">A file cannot be written.</exception>
    public void Write(ParseResult parse, Func<string> json, Func<string> markdown)
    {
        foreach (string path in Paths(parse))
        {
            string text = Path.GetExtension(path).Equals(JsonEnding, StringComparison.OrdinalIgnoreCase) ? json() + "\n" : markdown();
            try
            {
                ReplacingFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new QuantizationException($"Report '{path}' could not be written: {error.Message}", error);
            }
        }
    }

    private string[] Paths(ParseResult parse) => parse.GetValue(_reports) ?? [];

    private static void CheckEndings(OptionResult result)
    {
        foreach (Token token in result.Tokens)
        {
            string path = token.Value;
            if (!Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
                result.AddError($"Option '--report' got '{path}'; expected a file name that ends in {Flag.Or(Endings)}.");
            else if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
                result.AddError($"Option '--report' got '{path}', but the folder '{folder}' does not exist; create it first.");
        }
    }
}
