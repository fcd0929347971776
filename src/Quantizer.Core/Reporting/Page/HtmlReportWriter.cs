using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quantizer.Reporting.Page.Sections;

namespace Quantizer.Reporting.Page;

/// <summary>The report as a page: one file that asks for nothing else, read on a phone, on paper and without its script.</summary>
internal sealed class HtmlReportWriter : IReportWriter
{
    /// <summary>Runs before anything is laid out: what the script will hold back need not be laid out first.</summary>
    private const string Mark = "document.documentElement.classList.add(\"js\")";

    private static readonly string[] Scripts = ["page.js", "tables.js", "plots.js", "histograms.js", "weights.js", "network.js"];

    public string Format => "HTML";

    /// <inheritdoc/>
    public void Write(QuantizationReport report, Stream output)
    {
        string style = PageResources.Read("page.css"),
            script = string.Concat(Scripts.Select(PageResources.Read));
        PageSection[] sections = [.. SectionOrder.All.Where(section => section.IsIn(report))];
        string page = Fill(
            PageResources.Read("page.html"),
            name =>
                name switch
                {
                    "policy" => Policy(style, script),
                    "title" => Title(report),
                    "style" => style,
                    "mark" => Mark,
                    "script" => script,
                    "verdict" => Written(page => VerdictHeader.Write(report, page)),
                    "contents" => Contents(sections),
                    "sections" => Sections(report, sections),
                    "foot" => Written(page => PageFoot.Write(report, page)),
                    "data" => Data(report),
                    _ => throw new InvalidOperationException($"The template's place '{name}' is not known."),
                }
        );
        using StreamWriter text = new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        text.Write(page);
    }

    /// <summary>Nothing from outside, and no script or style but these: what a model's names would bring in does not run.</summary>
    private static string Policy(string style, string script) =>
        "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; "
        + $"style-src 'sha256-{Hash(style)}'; script-src 'sha256-{Hash(Mark)}' 'sha256-{Hash(script)}'";

    private static string Hash(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Title(QuantizationReport report) =>
        Written(page => page.Add($"{Path.GetFileName(report.Model.Output)}: {VerdictText.Short(report).ToLowerInvariant()}"));

    private static string Contents(PageSection[] sections) =>
        Written(page =>
        {
            foreach (PageSection section in sections)
                page.Add($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>\n");
        });

    private static string Sections(QuantizationReport report, PageSection[] sections) =>
        Written(page =>
        {
            foreach (PageSection section in sections)
            {
                page.Add($"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\">\n");
                page.Add($"<h2 id=\"{section.Id}-title\">{section.Title}</h2>\n");
                section.Write(report, page);
                page.Add($"</section>\n");
            }
        });

    /// <summary>No value can end the element: the default encoder writes &lt; and all that is not ASCII as escapes.</summary>
    private static string Data(QuantizationReport report) => JsonSerializer.Serialize(PageData.Of(report), PageJson.Default.PageData);

    private static string Written(Action<PageText> write)
    {
        PageText page = new();
        write(page);
        return page.ToString();
    }

    /// <summary>Puts a text into every {{place}} of a template, each once, so that a value that looks like a place stays as it
    /// is.</summary>
    private static string Fill(string template, Func<string, string> texts)
    {
        StringBuilder page = new();
        string[] pieces = template.Split("{{");
        page.Append(pieces[0]);
        foreach (string piece in pieces[1..])
        {
            int end = piece.IndexOf("}}", StringComparison.Ordinal);
            page.Append(texts(piece[..end])).Append(piece.AsSpan(end + 2));
        }
        return page.ToString();
    }
}
