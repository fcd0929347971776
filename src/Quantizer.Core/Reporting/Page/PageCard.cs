namespace Quantizer.Reporting.Page;

/// <summary>A figure of the first screen.</summary>
internal static class PageCard
{
    /// <summary>Begins it; the caller adds what stands below and ends the element. What stands in brackets, the spread, is not the
    /// figure.</summary>
    public static void Open(PageText page, string name, string figure)
    {
        int bracket = figure.IndexOf(" (", StringComparison.Ordinal);
        string spread = bracket < 0 ? "" : figure[bracket..];
        page.Add($"<div class=\"card\"><h2>{name}</h2><p class=\"figure\">{figure[..^spread.Length]}<small>{spread}</small></p>");
    }
}
