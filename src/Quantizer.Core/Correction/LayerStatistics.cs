using Quantizer.Execution.Pieces;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Correction;

/// <summary>What a layer's bias should rise by, from what both networks hold of some samples.</summary>
internal sealed class LayerStatistics(CorrectedLayer layer, int samples)
{
    /// <summary>A mean over fewer places says more of the samples than of the network.</summary>
    private const long FewestPlaces = 100;

    private readonly ActiveDifference?[] _differences = new ActiveDifference?[samples];
    private readonly InputSum?[] _inputs = new InputSum?[samples];

    public CorrectedLayer Layer => layer;

    /// <summary>Whether all that the layer needs is there in floats.</summary>
    public static bool CanBeTaken(CorrectedLayer layer, LiveTensors stream) => layer.Wanted.All(stream.IsFloat);

    /// <summary>Takes what a sample says, right behind its computation. Several threads may, for a sample each.</summary>
    public void Take(int sample, LiveTensors stream, PositionMask? mask)
    {
        if (layer.IsConvolution)
        {
            _differences[sample] = ActiveDifference.Of(
                stream.Floats(layer.Reference),
                stream.Floats(layer.Output),
                stream.ShapeOf(layer.Output),
                layer.Bound
            );
        }
        else
        {
            _inputs[sample] = InputSum.OfLinear(stream.Floats(layer.Input), stream.ShapeOf(layer.Input), mask);
        }
    }

    /// <summary>
    /// By output channel. In linear layers, and in channels of convolutions that are hardly ever inside of their clamp, only the rounding
    /// of weights is made up for; in other channels all that went wrong so far.
    /// </summary>
    /// <param name="count">The number of samples that were taken.</param>
    /// <param name="inputs">Computes what the layer reads of each sample, which convolutions hardly ever need.</param>
    public double[] Shifts(int count, Func<Func<LiveTensors, InputSum>, InputSum[]> inputs)
    {
        if (!layer.IsConvolution)
            return RoundingShifts([.. _inputs.Take(count).Select(inputs => inputs!)]);
        ActiveDifference difference = ActiveDifference.Sum([.. _differences.Take(count).Select(one => one!)]);
        bool isPlane = layer.Weights.Dimensions.Count is 3 or 4;
        double[] ofRounding =
            difference.Places.All(places => places >= FewestPlaces) || !isPlane
                ? new double[layer.Channels]
                : RoundingShifts(inputs(InputsOf));
        return
        [
            .. difference.Sums.Select(
                (sum, channel) => difference.Places[channel] >= FewestPlaces ? sum / difference.Places[channel] : ofRounding[channel]
            ),
        ];
    }

    private double[] RoundingShifts(IReadOnlyList<InputSum> ofSamples) =>
        InputSum
            .Sum(ofSamples)
            .ShiftOf(WeightPlanner.Channels(layer.Weights, layer.Numbers.Axis), WeightPlanner.Channels(layer.Rounded, layer.Numbers.Axis));

    private InputSum InputsOf(LiveTensors stream) =>
        InputSum.OfConvolution(stream.Floats(layer.Input), stream.ShapeOf(layer.Input), layer.Weights.Dimensions, layer.Node);
}
