namespace Quantizer.Reporting.Page.Sections;

/// <summary>A part of the page under a heading of its own.</summary>
/// <param name="id">What links to it.</param>
/// <param name="title">Its heading.</param>
internal abstract class PageSection(string id, string title)
{
    public string Id => id;

    public string Title => title;

    /// <summary>Whether the report has anything for it; otherwise it is left out.</summary>
    public abstract bool IsIn(QuantizationReport report);

    /// <summary>Writes what stands below the heading.</summary>
    public abstract void Write(QuantizationReport report, PageText page);
}
