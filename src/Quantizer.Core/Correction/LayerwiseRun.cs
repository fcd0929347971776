using Quantizer.Correction.Rounding;
using Quantizer.Execution.Pieces;
using Quantizer.Graphs;
using Quantizer.Graphs.Files;
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
    /// <summary>Values of all samples are kept up to here: in a temporary file, and in memory where that has no room. Where a network
    /// needs more of them, the last samples are let go.</summary>
    private const long MostBytes = 64L << 20;

    /// <summary>Kept even if they need more.</summary>
    private const int FewestSamples = 8;

    private readonly Dictionary<string, float[]> _biases = [];
    private readonly Dictionary<string, Tensor> _weights = [];

    /// <summary>What the outputs of the wave before are still to be moved by.</summary>
    private readonly List<(CorrectedLayer Layer, float[] By)> _moves = [];

    private List<LiveTensors> _streams = [];
    private bool _isSameShape;

    /// <param name="done">Hears the number of layers done.</param>
    /// <exception cref="QuantizationException">A piece of the networks cannot be run.</exception>
    public CorrectedNumbers Run(IReadOnlyList<Sample> samples, Action<int> done)
    {
        // What layers read, then what they write of it.
        IReadOnlyList<ModelPiece> pieces = ModelPiece.Cut(
            networks.Model.Graph,
            [
                .. waves.SelectMany(wave =>
                    new[]
                    {
                        wave.Where(layer => layer.IsRoundedAnew).Select(layer => layer.Input).Distinct().ToArray(),
                        wave.SelectMany(layer => layer.Wanted).Distinct().ToArray(),
                    }
                ),
            ]
        );
        _isSameShape = samples.All(sample =>
            sample.Inputs.All(input => input.Value.Shape.SequenceEqual(samples[0].Inputs[input.Key].Shape))
        );
        using ScratchFile scratch = new();
        _streams = [.. samples.Select(sample => new LiveTensors(networks.Model.Graph, sample.Inputs, scratch))];
        try
        {
            for (int wave = 0, layers = 0; wave < waves.Count; wave++)
            {
                cancellation.ThrowIfCancellationRequested();
                IReadOnlyList<CorrectedLayer> rounded = Round(pieces[2 * wave], waves[wave], samples);
                Correct(pieces[2 * wave + 1], rounded, samples);
                done(layers += waves[wave].Count);
            }
        }
        finally
        {
            foreach (LiveTensors stream in _streams)
                stream.Dispose();
        }
        return new CorrectedNumbers(_biases, _weights, _streams.Count);
    }

    /// <summary>Rounds the weights of a wave's layers by what these read.</summary>
    /// <returns>The layers with the weights that they have then.</returns>
    private IReadOnlyList<CorrectedLayer> Round(ModelPiece piece, IReadOnlyList<CorrectedLayer> wave, IReadOnlyList<Sample> samples)
    {
        if (!wave.Any(layer => layer.IsRoundedAnew))
            return wave;
        // What the layers read is still there when the rows are gathered.
        Run(piece, () => { }, _ => { }, [.. piece.LastRead.Except(wave.Select(layer => layer.Input))]);
        PositionMask?[] masks = [.. samples.Take(_streams.Count).Select(sample => sample.Mask)];
        CorrectedLayer[] rounded =
        [
            .. wave.Select(layer =>
                layer.IsRoundedAnew && _streams[0].IsFloat(layer.Input) ? Rounded(layer, new InputRows(layer, _streams, masks)) : layer
            ),
        ];
        Drop(piece.LastRead);
        return rounded;
    }

    private CorrectedLayer Rounded(CorrectedLayer layer, InputRows inputs)
    {
        if (CompensatedRounding.Of(layer, inputs, workers, cancellation) is not { } weights)
            return layer;
        _weights[layer.Numbers.Node] = weights;
        networks.Replace(weights);
        return layer with { Rounded = weights };
    }

    private void Correct(ModelPiece piece, IReadOnlyList<CorrectedLayer> wave, IReadOnlyList<Sample> samples)
    {
        LayerStatistics[] all = [];
        Run(
            piece,
            () =>
                all = [
                    .. wave.Where(layer => layer.Bias is not null && LayerStatistics.CanBeTaken(layer, _streams[0]))
                        .Select(layer => new LayerStatistics(layer, _streams.Count)),
                ],
            i =>
            {
                foreach (LayerStatistics statistics in all)
                    statistics.Take(i, _streams[i], samples[i].Mask);
            },
            // What the layers read may be asked for once more.
            [.. piece.LastRead.Except(piece.Inputs).Except(wave.Select(layer => layer.Input))]
        );
        foreach (LayerStatistics statistics in all)
            Correct(statistics, piece);
        Drop(piece.LastRead);
    }

    /// <summary>Runs a piece on all samples for which there is memory.</summary>
    /// <param name="begin">Called behind the first sample's run: what it needs is known then.</param>
    /// <param name="take">Takes what is there of a sample.</param>
    /// <param name="needless">Tensors that nobody wants any more then.</param>
    private void Run(ModelPiece piece, Action begin, Action<int> take, IReadOnlyList<string> needless)
    {
        Move(_streams[0]);
        using PieceSession? session =
            piece.Nodes.Count == 0 ? null : PieceSession.Open(networks.Model, piece, _streams[0], _isSameShape, isParked: true);
        session?.Run(_streams[0]);
        LetGo();
        begin();
        workers.Run(
            _streams.Count,
            i =>
            {
                if (i > 0)
                {
                    Move(_streams[i]);
                    session?.Run(_streams[i]);
                }
                take(i);
                _streams[i].Drop(needless);
                _streams[i].Park();
            }
        );
        _moves.Clear();
    }

    /// <summary>Lets go of the samples for which there is no memory, by what the first needs.</summary>
    private void LetGo()
    {
        int kept = (int)Math.Clamp(MostBytes / Math.Max(1, _streams[0].Bytes), Math.Min(FewestSamples, _streams.Count), _streams.Count);
        foreach (LiveTensors stream in _streams.Skip(kept))
            stream.Dispose();
        _streams.RemoveRange(kept, _streams.Count - kept);
    }

    private void Correct(LayerStatistics statistics, ModelPiece piece)
    {
        CorrectedLayer layer = statistics.Layer;
        double[] shifts = statistics.Shifts(_streams.Count, sum => WithInputs(layer, piece, sum));
        float[] biases = layer.Bias!.Values<float>().ToArray();
        float[] by = new float[biases.Length];
        for (int channel = 0; channel < biases.Length; channel++)
        {
            double wanted = biases[channel] + shifts[channel];
            // Where the file's steps are too fine for it, or the networks have lost their numbers, the bias stays.
            if (!(Math.Abs(wanted) <= layer.LargestBias(channel)))
                continue;
            double before = layer.InSteps(biases[channel], channel);
            biases[channel] = (float)wanted;
            by[channel] = (float)(layer.InSteps(biases[channel], channel) - before);
        }

        if (!Array.Exists(by, change => change != 0))
            return;
        _biases[layer.Numbers.Node] = biases;
        if (!piece.LastRead.Contains(layer.Output))
            _moves.Add((layer, by));
    }

    /// <summary>Computes what a layer reads once more, from what its piece read.</summary>
    private InputSum[] WithInputs(CorrectedLayer layer, ModelPiece piece, Func<LiveTensors, InputSum> sum)
    {
        if (piece.Inputs.Contains(layer.Input) || piece.Outputs.Contains(layer.Input))
        {
            return workers.Map(
                _streams.Count,
                i =>
                {
                    InputSum inputs = sum(_streams[i]);
                    _streams[i].Park();
                    return inputs;
                }
            );
        }
        ModelPiece part = piece.Part([layer.Input]);
        using PieceSession session = PieceSession.Open(networks.Model, part, _streams[0], _isSameShape, isParked: true);
        return workers.Map(
            _streams.Count,
            i =>
            {
                session.Run(_streams[i]);
                InputSum inputs = sum(_streams[i]);
                _streams[i].Drop(part.LastRead);
                _streams[i].Park();
                return inputs;
            }
        );
    }

    private void Drop(IReadOnlyList<string> tensors)
    {
        foreach (LiveTensors stream in _streams)
            stream.Drop(tensors);
    }

    private void Move(LiveTensors stream)
    {
        foreach ((CorrectedLayer layer, float[] by) in _moves)
            layer.Move(stream.ToChange(layer.Output), stream.ShapeOf(layer.Output), by);
    }
}
