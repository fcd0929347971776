namespace Quantizer.Samples;

/// <summary>What a folder holds.</summary>
/// <param name="Files">All files below it, by their '/'-separated names in ordinal order.</param>
/// <param name="Subfolders">The names of the folders directly below it, in ordinal order, less links to what is listed elsewhere.</param>
internal sealed record FolderListing(IReadOnlyList<string> Files, IReadOnlyList<string> Subfolders);
