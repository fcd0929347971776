using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>The kinds of files that hold samples, by their endings: a row each. Commands, help and messages take them from here.</summary>
internal static class DataFormats
{
    private static readonly (string Ending, Func<string, DataRequest, IRecordSource> Open)[] All =
    [
        (".npz", (path, request) => ArrayRecords.Of(NpzFile.Open(path), request)),
        (".npy", (path, request) => ArrayRecords.Of(NpyFile.Open(path), request)),
        (".csv", (path, request) => ArrayRecords.Of(CsvFile.Open(path, request), request)),
        (".jsonl", JsonLines.Open),
        (".wav", WavRecords.Open),
        (".txt", TextRecords.Open),
        (".bin", (path, request) => ArrayRecords.Of(RawFile.Open(path, request), request)),
        (".raw", (path, request) => ArrayRecords.Of(RawFile.Open(path, request), request)),
    ];

    /// <summary>".npz, .npy, ... or .raw".</summary>
    public static string Endings { get; } = $"{string.Join(", ", All.SkipLast(1).Select(format => format.Ending))} or {All[^1].Ending}";

    public static bool Has(string path) => Find(path).Open is not null;

    /// <exception cref="QuantizationException">The file cannot be read, or does not fit the model.</exception>
    public static IRecordSource Open(string path, DataRequest request)
    {
        try
        {
            return Find(path).Open(path, request);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new QuantizationException($"The file '{path}' cannot be read: {error.Message} Save it again.", error);
        }
    }

    private static (string Ending, Func<string, DataRequest, IRecordSource> Open) Find(string path) =>
        Array.Find(All, format => format.Ending.Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase));
}
