using Quantizer.Execution.Pieces;
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
    /// <summary>Values of all samples are kept in memory up to here. Where a network needs more of them, the last samples are let
    /// go.</summary>
    private const long MostBytes = 64L << 20;

    /// <summary>Kept even if they need more.</summary>
    private const int FewestSamples = 8;

    private readonly Dictionary<string, float[]> _biases = [];

    /// <summary>What the outputs of the wave before are still to be moved by.</summary>
    private readonly List<(CorrectedLayer Layer, float[] By)> _moves = [];

    /// <summary>The samples that all layers were corrected by.</summary>
    public int Kept { get; private set; }

    /// <summary>The biases by node; those of layers that nothing moves are left out.</summary>
    /// <param name="done">Hears the number of layers done.</param>
    /// <exception cref="QuantizationException">A piece of the networks cannot be run.</exception>
    public IReadOnlyDictionary<string, float[]> Run(IReadOnlyList<Sample> samples, Action<int> done)
    {
        IReadOnlyList<ModelPiece> pieces = ModelPiece.Cut(
            networks.Model.Graph,
            [.. waves.Select(wave => wave.SelectMany(layer => layer.Wanted).Distinct().ToArray())]
        );
        bool isSameShape = samples.All(sample =>
            sample.Inputs.All(input => input.Value.Shape.SequenceEqual(samples[0].Inputs[input.Key].Shape))
        );
        List<LiveTensors> streams = [.. samples.Select(sample => new LiveTensors(networks.Model.Graph, sample.Inputs))];
        try
        {
            for (int piece = 0, layers = 0; piece < pieces.Count; piece++)
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (LayerStatistics statistics in Compute(pieces[piece], waves[piece], streams, samples, isSameShape))
                    Correct(statistics, streams, pieces[piece], isSameShape);
                foreach (LiveTensors stream in streams)
                    stream.Drop(pieces[piece].LastRead);
                Kept = streams.Count;
                done(layers += waves[piece].Count);
            }
        }
        finally
        {
            foreach (LiveTensors stream in streams)
                stream.Dispose();
        }
        return _biases;
    }

    private LayerStatistics[] Compute(
        ModelPiece piece,
        IReadOnlyList<CorrectedLayer> wave,
        List<LiveTensors> streams,
        IReadOnlyList<Sample> samples,
        bool isSameShape
    )
    {
        Move(streams[0]);
        using PieceSession session = PieceSession.Open(networks.Model, piece, streams[0], isSameShape);
        session.Run(streams[0]);
        LetGo(streams);
        LayerStatistics[] all =
        [
            .. wave.Where(layer => LayerStatistics.CanBeTaken(layer, streams[0]))
                .Select(layer => new LayerStatistics(layer, streams.Count)),
        ];
        workers.Run(
            streams.Count,
            i =>
            {
                if (i > 0)
                {
                    Move(streams[i]);
                    session.Run(streams[i]);
                }
                foreach (LayerStatistics statistics in all)
                    statistics.Take(i, streams[i], samples[i].Mask);
            }
        );
        _moves.Clear();
        return all;
    }

    /// <summary>Lets go of the samples for which there is no memory, by what the first needs.</summary>
    private static void LetGo(List<LiveTensors> streams)
    {
        int kept = (int)Math.Clamp(MostBytes / Math.Max(1, streams[0].Bytes), Math.Min(FewestSamples, streams.Count), streams.Count);
        foreach (LiveTensors stream in streams.Skip(kept))
            stream.Dispose();
        streams.RemoveRange(kept, streams.Count - kept);
    }

    private void Correct(LayerStatistics statistics, List<LiveTensors> streams, ModelPiece piece, bool isSameShape)
    {
        CorrectedLayer layer = statistics.Layer;
        double[] shifts = statistics.Shifts(streams.Count, sum => WithInputs(layer, streams, piece, isSameShape, sum));
        float[] biases = layer.Bias.Values<float>().ToArray();
        float[] by = new float[biases.Length];
        for (int channel = 0; channel < biases.Length; channel++)
        {
            double wanted = biases[channel] + shifts[channel];
            // Where the file's steps are too fine for it, or the networks have lost their numbers, the bias stays.
            if (!(Math.Abs(wanted) <= WeightPlanner.LargestBias * layer.StepOf(channel)))
                continue;
            double before = layer.InSteps(biases[channel], channel);
            biases[channel] = (float)wanted;
            by[channel] = (float)(layer.InSteps(biases[channel], channel) - before);
        }

        if (!Array.Exists(by, change => change != 0))
            return;
        _biases[layer.Plan.Site.Node] = biases;
        if (!piece.LastRead.Contains(layer.Output))
            _moves.Add((layer, by));
    }

    /// <summary>Computes what a layer reads once more, from what its piece read.</summary>
    private InputSum[] WithInputs(
        CorrectedLayer layer,
        List<LiveTensors> streams,
        ModelPiece piece,
        bool isSameShape,
        Func<LiveTensors, InputSum> sum
    )
    {
        if (piece.Inputs.Contains(layer.Input) || piece.Outputs.Contains(layer.Input))
            return workers.Map(streams.Count, i => sum(streams[i]));
        ModelPiece part = piece.Part([layer.Input]);
        using PieceSession session = PieceSession.Open(networks.Model, part, streams[0], isSameShape);
        return workers.Map(
            streams.Count,
            i =>
            {
                session.Run(streams[i]);
                InputSum inputs = sum(streams[i]);
                streams[i].Drop(part.LastRead);
                return inputs;
            }
        );
    }

    private void Move(LiveTensors stream)
    {
        foreach ((CorrectedLayer layer, float[] by) in _moves)
            layer.Move(stream.Floats(layer.Output), stream.ShapeOf(layer.Output), by);
    }
}
