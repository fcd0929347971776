namespace Quantizer.Reporting.Page;

/// <summary>A part of a page under a heading of its own.</summary>
/// <param name="Id">What links to it.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Write">Writes what stands below the heading.</param>
internal readonly record struct PagePart(string Id, string Title, Action<PageText> Write);
