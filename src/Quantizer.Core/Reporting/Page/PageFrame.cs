using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Quantizer.Reporting.Page;

/// <summary>The page around its content: one file that asks for nothing else, read on a phone, on paper and without its script.</summary>
internal static class PageFrame
{
    /// <summary>Runs before anything is laid out: what the script will hold back need not be laid out first.</summary>
    private const string Mark = "document.documentElement.classList.add(\"js\")";

    private static readonly string[] Scripts =
    [
        "page.js",
        "tables.js",
        "errors.js",
        "plots.js",
        "histograms.js",
        "weights.js",
        "graph.js",
        "network.js",
    ];

    /// <summary>UTF-8 without a byte order mark, lines ended by a single line feed.</summary>
    public static void Write(PageContent content, Stream output)
    {
        string style = PageResources.Read("page.css"),
            script = string.Concat(Scripts.Select(PageResources.Read));
        string page = Fill(
            PageResources.Read("page.html"),
            name =>
                name switch
                {
                    "policy" => Policy(style, script),
                    "title" => Written(page => page.Add($"{content.Title}")),
                    "style" => style,
                    "mark" => Mark,
                    "script" => script,
                    "top" => Written(page => page.Add($"{content.Top}")),
                    "verdict" => Written(content.Header),
                    "contents" => Contents(content.Parts),
                    "sections" => Sections(content.Parts),
                    "foot" => Written(content.Foot),
                    "data" => Data(content.Data),
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

    private static string Contents(IReadOnlyList<PagePart> parts) =>
        Written(page =>
        {
            foreach (PagePart part in parts)
                page.Add($"<li><a href=\"#{part.Id}\">{part.Title}</a></li>\n");
        });

    private static string Sections(IReadOnlyList<PagePart> parts) =>
        Written(page =>
        {
            foreach (PagePart part in parts)
            {
                page.Add($"<section id=\"{part.Id}\" aria-labelledby=\"{part.Id}-title\">\n");
                page.Add($"<h2 id=\"{part.Id}-title\">{part.Title}</h2>\n");
                part.Write(page);
                page.Add($"</section>\n");
            }
        });

    /// <summary>No value can end the element: the default encoder writes &lt; and all that is not ASCII as escapes.</summary>
    private static string Data(PageData data) => JsonSerializer.Serialize(data, PageJson.Default.PageData);

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
