using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Quantizer.Reporting.Page;

/// <summary>HTML under way. What an interpolated string says is markup; what stands in its holes is text, and escaped.</summary>
internal sealed class PageText
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup, its values escaped.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] EscapingHandler markup) => markup.End();

    /// <summary>Markup that the program wrote itself; never a value.</summary>
    public static PageText OfMarkup(string markup)
    {
        PageText page = new();
        page._text.Append(markup);
        return page;
    }

    /// <summary>All markup so far.</summary>
    public override string ToString() => _text.ToString();

    private void Escape(string text)
    {
        foreach (char letter in text)
        {
            _ = letter switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '"' => _text.Append("&quot;"),
                '\'' => _text.Append("&#39;"),
                // A name with a line end must not break a line of the page.
                _ when char.IsControl(letter) => _text.Append(' '),
                _ => _text.Append(letter),
            };
        }
    }

    /// <summary>Takes the pieces of an interpolated string one by one.</summary>
    [InterpolatedStringHandler]
    internal readonly struct EscapingHandler(int literalLength, int formattedCount, PageText page)
    {
        public void AppendLiteral(string markup) => page._text.Append(markup);

        public void AppendFormatted(string? text) => page.Escape(text ?? "");

        public void AppendFormatted(long number) => page._text.Append(number);

        /// <summary>A coordinate: a hundredth of a pixel is enough.</summary>
        public void AppendFormatted(double coordinate) =>
            page._text.Append(CultureInfo.InvariantCulture, $"{(double.IsFinite(coordinate) ? coordinate : 0):0.##}");

        /// <summary>Some callers have pieces that are markup already.</summary>
        public void AppendFormatted(PageText markup) => page._text.Append(markup._text);

        /// <summary>Room for what was added, so that long tables are not copied too often.</summary>
        public void End() => page._text.EnsureCapacity(page._text.Length + literalLength + formattedCount);
    }
}
