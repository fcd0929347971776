using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>The kinds of files that hold samples, by their endings: a row each. Commands, help and messages take them from here.</summary>
internal static class DataFormats
{
    private static readonly (string Ending, string What, Func<string, DataRequest, IRecordSource> Open)[] All =
    [
        (".npz", "arrays named like the inputs", (path, request) => ArrayRecords.Of(NpzFile.Open(path), request)),
        (".npy", "one array", (path, request) => ArrayRecords.Of(NpyFile.Open(path), request)),
        (".csv", "a column per value", (path, request) => ArrayRecords.Of(CsvFile.Open(path, request), request)),
        (".jsonl", "an object of arrays a line", JsonLines.Open),
        (".wav", "recordings, cut with --frame and --hop", WavRecords.Open),
        (".txt", "a sentence a line, with --tokenizer", TextRecords.Open),
        (".bin", "bare values, with --raw-type and --raw-shape", (path, request) => ArrayRecords.Of(RawFile.Open(path, request), request)),
        (".raw", "the same", (path, request) => ArrayRecords.Of(RawFile.Open(path, request), request)),
    ];

    /// <summary>".npz or .npy".</summary>
    public static string Endings { get; } =
        $"{string.Join(", ", All.SkipLast(1).Select(format => format.Ending))} or {All[^1].Ending}";

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

    private static (string Ending, string What, Func<string, DataRequest, IRecordSource> Open) Find(string path) =>
        Array.Find(All, format => format.Ending.Equals(Path.GetExtension(path), StringComparison.OrdinalIgnoreCase));
}
