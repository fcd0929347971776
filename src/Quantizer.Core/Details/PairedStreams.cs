using Quantizer.Execution;
using Quantizer.Execution.Pieces;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Details;

/// <summary>What both networks hold of some samples between two pieces.</summary>
internal sealed class PairedStreams : IDisposable
{
    private readonly PairedNetworks _networks;
    private readonly List<(LiveTensors Fp32, LiveTensors Int8, PositionMask? Mask)> _samples;

    public PairedStreams(PairedNetworks networks, IReadOnlyList<Sample> samples)
    {
        _networks = networks;
        _samples =
        [
            .. samples.Select(sample =>
                (new LiveTensors(networks.Fp32.Graph, sample.Inputs), new LiveTensors(networks.Int8.Graph, sample.Inputs), sample.Mask)
            ),
        ];
    }

    /// <summary>The samples that are left.</summary>
    public int Count => _samples.Count;

    /// <summary>Runs a piece of both, and forgets what nobody reads behind it.</summary>
    /// <returns>By sample and tensor.</returns>
    /// <exception cref="QuantizationException">It cannot be run.</exception>
    public SampleErrors[][] Run(PairedPiece piece, SampleWorkers workers)
    {
        ModelPiece own = piece.Own;
        using PieceSession? fp32 = Open(_networks.Fp32, piece.Fp32, _samples[0].Fp32),
            int8 = Open(_networks.Int8, piece.Int8, _samples[0].Int8);
        // What the parts read must be there for their sizes to be known.
        fp32?.Run(_samples[0].Fp32);
        using PieceSession? parts = Open(_networks.Int8, own, _samples[0].Fp32);
        return workers.Map(
            _samples.Count,
            i =>
            {
                (LiveTensors reference, LiveTensors other, PositionMask? mask) = _samples[i];
                if (i > 0)
                    fp32?.Run(reference);
                int8?.Run(other);
                parts?.Run(reference);
                SampleErrors[] errors = [.. piece.Tensors.Select((tensor, at) => Differ(tensor, piece.Parts[at], reference, other, mask))];
                reference.Drop([.. piece.Fp32.LastRead, .. own.LastRead]);
                other.Drop(piece.Int8.LastRead);
                return errors;
            }
        );
    }

    /// <summary>Lets go of the last samples while all need more memory, but of the first.</summary>
    public void LetGo(long mostBytes)
    {
        while (_samples.Count > 1 && _samples.Sum(sample => sample.Fp32.Bytes + sample.Int8.Bytes) > mostBytes)
        {
            _samples[^1].Fp32.Dispose();
            _samples[^1].Int8.Dispose();
            _samples.RemoveAt(_samples.Count - 1);
        }
    }

    public void Dispose()
    {
        foreach ((LiveTensors fp32, LiveTensors int8, _) in _samples)
        {
            fp32.Dispose();
            int8.Dispose();
        }
    }

    private static PieceSession? Open(OnnxModel model, ModelPiece piece, LiveTensors example) =>
        piece.Outputs.Count == 0 ? null : PieceSession.Open(model, piece, example, isSameShape: false);

    private static SampleErrors Differ(CommonTensor tensor, OwnPart? part, LiveTensors reference, LiveTensors other, PositionMask? mask)
    {
        if (!IsFloat(reference, tensor.Name) || !IsFloat(other, tensor.Int8))
            return default;
        long[] shape = reference.ShapeOf(tensor.Name);
        ReadOnlySpan<float> expected = Values(reference, tensor.Name),
            found = Values(other, tensor.Int8);
        if (expected.Length != found.Length)
            return default;
        ReadOnlySpan<float> alone = part is not null && IsFloat(reference, part.Output) ? Values(reference, part.Output) : [];
        bool hasOwn = part is not null && alone.Length == expected.Length;
        return new SampleErrors(Sums(expected, found, shape, mask), hasOwn ? Sums(expected, alone, shape, mask) : null);
    }

    private static bool IsFloat(LiveTensors tensors, string name) =>
        tensors.SignatureOf(name).Type is ElementType.Float or ElementType.Double or ElementType.Float16 or ElementType.BFloat16;

    /// <summary>Of any width as float32.</summary>
    private static ReadOnlySpan<float> Values(LiveTensors tensors, string name) =>
        tensors.SignatureOf(name).Type is var type && type == ElementType.Float
            ? tensors.Floats(name)
            : OutputValues.Floats(type, tensors.Data(name));

    /// <summary>Over the positions that count.</summary>
    private static DifferenceSums Sums(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, long[] shape, PositionMask? mask)
    {
        if (mask?.HasPositions(shape) != true)
            return DifferenceSums.Of(expected, found);
        int each = expected.Length / mask.Length;
        DifferenceSums sums = default;
        foreach ((int start, int length) in mask.Stretches)
            sums += DifferenceSums.Of(expected.Slice(start * each, length * each), found.Slice(start * each, length * each));
        return sums;
    }
}
