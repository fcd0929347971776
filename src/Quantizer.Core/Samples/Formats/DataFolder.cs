using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>Opens a folder of data files: those of the kind that is most frequent in it, so that notes, lists and the like beside them
/// do no harm.</summary>
internal static class DataFolder
{
    /// <exception cref="QuantizationException">It holds no data, or none that can be read.</exception>
    public static IRecordSource Open(string path, DataRequest request)
    {
        IReadOnlyList<string> files = FolderWalk.List(path).Files;
        string[] kind =
        [
            .. files
                .Where(file => DataFormats.Has(file) || OnnxTestData.IsOne(file))
                .GroupBy(file => Path.GetExtension(file).ToLowerInvariant())
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .FirstOrDefault()
                ?? (IEnumerable<string>)[],
        ];
        if (kind.Length == 0)
        {
            throw new QuantizationException(
                $"The folder '{path}' holds {(files.Count == 0 ? "no files" : $"{files.Count} files, none of them a picture or data")}. Expected "
                    + $"JPEG, PNG, WebP, BMP or GIF pictures, {DataFormats.Endings} files, or input_0.pb files, in it or in its sub-folders."
            );
        }
        return OnnxTestData.IsOne(kind[0]) ? OnnxTestData.Open(path, kind, request) : FolderRecords.Open(path, kind, request);
    }
}
