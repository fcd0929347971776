using Quantizer.Samples.Formats;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>Class indices from a file of their own, for data other than pictures.</summary>
internal static class RecordLabels
{
    /// <summary>Of every sample; null for those that a text file does not name.</summary>
    /// <exception cref="QuantizationException">The file cannot be read, or does not fit the data.</exception>
    public static IReadOnlyList<int?> Read(string path, IRecordSource source)
    {
        if (Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            using NpyFile file = NpyFile.Open(path);
            return ArrayLabels.Read(file, file.Names[0], source.Count);
        }
        IReadOnlyDictionary<string, int> labels = LabelsFile.Read(path);
        int?[] found = [.. Enumerable.Range(0, source.Count).Select(index => Find(labels, source.NameOf(index)))];
        if (found.All(label => label is null))
        {
            string named = labels.Count == 0 ? "it has no lines" : $"its lines name samples such as '{labels.Keys.First()}'";
            throw new QuantizationException(
                $"Labels file '{path}' names none of the samples of '{source.Path}': {named}, samples are named like "
                    + $"'{source.NameOf(0)}'. Write lines of name and class index, or give an .npy array of class indices."
            );
        }
        return found;
    }

    private static int? Find(IReadOnlyDictionary<string, int> labels, string name) =>
        labels.TryGetValue(name, out int label) ? label : null;
}
