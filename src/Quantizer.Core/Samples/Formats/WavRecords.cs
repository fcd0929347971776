using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>
/// A recording, cut into samples of equal length. The first begins with its first value, each other a hop later; what is left at the end
/// and fills no sample is not used, and nothing is padded. Several channels are averaged.
/// </summary>
internal sealed class WavRecords : IRecordSource
{
    private static readonly string[] RateNames = ["sr", "sample_rate", "sampling_rate", "samplerate", "fs"];

    private readonly SafeFileHandle _file;
    private readonly WavHeader _header;
    private readonly TensorSignature _input;
    private readonly IReadOnlyList<long> _shape;
    private readonly int _frame;
    private readonly int _hop;

    private WavRecords(
        string path,
        SafeFileHandle file,
        WavHeader header,
        TensorSignature input,
        IReadOnlyList<long> shape,
        (int Frame, int Hop) cut
    )
    {
        Path = path;
        _file = file;
        _header = header;
        _input = input;
        _shape = shape;
        (_frame, _hop) = cut;
        Count = checked((int)(1 + (header.Values - _frame) / _hop));
    }

    public string Path { get; }

    public int Count { get; }

    public IReadOnlyList<string> Inputs => [_input.Name];

    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <exception cref="UsageException">Nothing says how long a sample is.</exception>
    /// <exception cref="QuantizationException">The file is no recording, or shorter than a sample.</exception>
    public static WavRecords Open(string path, DataRequest request)
    {
        WavHeader header;
        using (FileStream stream = File.OpenRead(path))
            header = WavHeader.Read(stream, path);
        const string Recording = "a recording";
        if (request.Match([Recording]).FieldOf.Keys.FirstOrDefault() is not { } name)
        {
            throw new QuantizationException(
                $"The recording '{path}' feeds one input, and the model has several that must be given: "
                    + $"{string.Join(", ", request.Inputs.Select(ShapeFit.Describe))}. Say which with NAME={path}."
            );
        }
        TensorSignature input = request[name];
        int frame = request.Options.Frame ?? LengthOf(input, path);
        if (ShapeFit.OfFlat(frame, input) is not { } shape)
            throw new UsageException($"Samples of {frame} values do not fit input {ShapeFit.Describe(input)}. Give another --frame.");
        if (header.Values < frame)
            throw new QuantizationException($"The recording '{path}' has {header.Values} values; a sample has {frame}");
        return new WavRecords(
            path,
            File.OpenHandle(path, options: FileOptions.RandomAccess),
            header,
            input,
            shape,
            (frame, request.Options.Hop ?? frame)
        )
        {
            Notes = [.. NotesOn(header, request)],
        };
    }

    public string NameOf(int index) => $"{System.IO.Path.GetFileName(Path)} sample {index}";

    public IReadOnlyList<RawArray> Load(int index)
    {
        int size = _header.BytesPerValue * _header.Channels;
        byte[] bytes = new byte[checked(_frame * size)];
        long offset = _header.Offset + (long)index * _hop * size;
        int at = 0;
        while (at < bytes.Length)
        {
            int count = RandomAccess.Read(_file, bytes.AsSpan(at), offset + at);
            if (count == 0)
                throw new BrokenSampleException(NameOf(index), "the recording has become shorter");
            at += count;
        }
        float[] values = new float[_frame];
        for (int i = 0; i < values.Length; i++)
            values[i] = Mixed(bytes.AsSpan(i * size, size));
        return
        [
            new RawArray(_input.Name, ElementType.Float, _shape, MemoryMarshal.AsBytes<float>(values).ToArray(), $"Recording '{Path}'"),
        ];
    }

    public void Dispose() => _file.Dispose();

    private float Mixed(ReadOnlySpan<byte> bytes)
    {
        float sum = 0;
        for (int channel = 0; channel < _header.Channels; channel++)
            sum += _header.Encoding.Read(bytes[(channel * _header.BytesPerValue)..]);
        return sum / _header.Channels;
    }

    private static int LengthOf(TensorSignature input, string path)
    {
        Dimension[] rest = [.. input.Shape?.Skip(1) ?? []];
        if (rest.Length > 0 && rest.All(axis => axis.Size is not null))
            return checked((int)rest.Aggregate(1L, (product, axis) => checked(product * axis.Size!.Value)));
        throw new UsageException(
            $"Input {ShapeFit.Describe(input)} does not say how long a sample of '{path}' is. Give --frame, and --hop if they overlap, for "
                + $"example --frame 576 --hop 512."
        );
    }

    private static IEnumerable<string> NotesOn(WavHeader header, DataRequest request)
    {
        if (header.Channels > 1)
            yield return $"Recordings of {header.Channels} channels are mixed down to one.";
        foreach ((string name, IReadOnlyList<double> values) in request.Options.Constants)
        {
            if (RateNames.Contains(name, StringComparer.OrdinalIgnoreCase) && values is [var rate] && rate != header.SampleRate)
            {
                yield return FormattableString.Invariant(
                    $"'{name}' is {rate}, but recordings have {header.SampleRate} values a second; they are not resampled."
                );
            }
        }
    }
}
