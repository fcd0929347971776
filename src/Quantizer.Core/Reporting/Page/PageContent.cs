namespace Quantizer.Reporting.Page;

/// <summary>What is told on a page.</summary>
/// <param name="Title">Of the window.</param>
/// <param name="Top">What the contents call the first screen.</param>
/// <param name="Header">Writes the first screen.</param>
/// <param name="Parts">In the order in which they are read.</param>
/// <param name="Foot">Writes what made the page.</param>
/// <param name="Data">What the script draws from.</param>
internal sealed record PageContent(
    string Title,
    string Top,
    Action<PageText> Header,
    IReadOnlyList<PagePart> Parts,
    Action<PageText> Foot,
    PageData Data
);
