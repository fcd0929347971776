using System.Numerics.Tensors;
using Quantizer.Execution.Pieces;
using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Correction;

/// <summary>
/// Both networks on some samples, wave by wave: a layer is corrected as soon as it is computed, and what follows is computed from its
/// corrected output, so that no layer makes up for an error that one before it makes up for. Nothing is computed twice.
/// </summary>
internal sealed class LayerwiseRun(
    TwoStreams networks,
    IReadOnlyList<IReadOnlyList<CorrectedLayer>> waves,
    SampleWorkers workers,
    CancellationToken cancellation
)
{
    /// <summary>Values of all samples are kept in memory up to here. Where a network needs more of them, the last samples are let go.</summary>
    private const long MostBytes = 256L << 20;

    /// <summary>Kept even if they need more.</summary>
    private const int FewestSamples = 4;

    private readonly Dictionary<string, float[]> _biases = [];

    /// <summary>The biases by node; those of layers that nothing moves are left out.</summary>
    /// <param name="done">Hears the number of layers done.</param>
    /// <exception cref="QuantizationException">A piece of the networks cannot be run.</exception>
    public IReadOnlyDictionary<string, float[]> Run(IReadOnlyList<Sample> samples, Action<int> done)
    {
        IReadOnlyList<ModelPiece> pieces = ModelPiece.Cut(
            networks.Model.Graph,
            [.. waves.Select(wave => wave.SelectMany(layer => layer.Wanted).Distinct().ToArray())]
        );
        bool isSameShape = samples.All(sample => sample.Inputs.All(input => input.Value.Shape.SequenceEqual(samples[0].Inputs[input.Key].Shape)));
        List<LiveTensors> streams = [.. samples.Select(sample => new LiveTensors(sample.Inputs))];
        int corrected = 0;
        try
        {
            for (int i = 0; i < pieces.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Compute(pieces[i], streams, isSameShape);
                foreach (CorrectedLayer layer in waves[i])
                {
                    Correct(layer, streams, samples);
                    done(++corrected);
                }
                foreach (LiveTensors stream in streams)
                    stream.Drop(pieces[i].LastRead);
            }
        }
        finally
        {
            foreach (LiveTensors stream in streams)
                stream.Dispose();
        }
        return _biases;
    }

    private void Compute(ModelPiece piece, List<LiveTensors> streams, bool isSameShape)
    {
        using PieceSession session = PieceSession.Open(networks.Model, piece, streams[0], isSameShape);
        session.Run(streams[0]);
        int kept = (int)Math.Clamp(MostBytes / Math.Max(1, streams[0].Bytes), Math.Min(FewestSamples, streams.Count), streams.Count);
        foreach (LiveTensors stream in streams.Skip(kept))
            stream.Dispose();
        streams.RemoveRange(kept, streams.Count - kept);
        workers.Run(streams.Count - 1, i => session.Run(streams[i + 1]));
    }

    private void Correct(CorrectedLayer layer, List<LiveTensors> streams, IReadOnlyList<Sample> samples)
    {
        if (layer.Wanted.Any(tensor => streams[0].SignatureOf(tensor).Type != ElementType.Float))
            return;
        double[] shifts = LayerStatistics.ShiftOf(layer, streams, samples, workers);
        float[] biases = layer.Bias.Values<float>().ToArray();
        float[] moved = new float[biases.Length];
        for (int channel = 0; channel < biases.Length; channel++)
        {
            double wanted = biases[channel] + shifts[channel];
            if (!(Math.Abs(wanted) <= WeightPlanner.LargestBias * layer.StepOf(channel)))
                continue;
            double before = layer.InSteps(biases[channel], channel);
            biases[channel] = (float)wanted;
            moved[channel] = (float)(layer.InSteps(biases[channel], channel) - before);
        }

        if (!Array.Exists(moved, by => by != 0))
            return;
        _biases[layer.Plan.Site.Node] = biases;
        workers.Run(streams.Count, i => Move(streams[i], layer, moved));
    }

    private static void Move(LiveTensors stream, CorrectedLayer layer, float[] moved)
    {
        Span<float> values = stream.Floats(layer.Output);
        int each = layer.IsConvolution ? values.Length / ((int)stream.SignatureOf(layer.Output).Shape![0].Size!.Value * moved.Length) : 1;
        for (int start = 0, run = 0; start < values.Length; start += each, run++)
        {
            Span<float> channel = values.Slice(start, each);
            TensorPrimitives.Add(channel, moved[run % moved.Length], channel);
        }
    }
}
