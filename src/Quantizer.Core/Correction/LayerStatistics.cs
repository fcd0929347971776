using Quantizer.Execution.Pieces;
using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;

namespace Quantizer.Correction;

/// <summary>What a layer's bias should rise by, from what both networks hold of some samples.</summary>
internal static class LayerStatistics
{
    /// <summary>A mean over fewer places says more of the samples than of the network.</summary>
    private const long FewestPlaces = 100;

    /// <summary>By output channel. Only rounding of weights is made up for in linear layers, and in channels of convolutions that
    /// are hardly ever inside of their clamp; all that went wrong so far in the other channels.</summary>
    /// <param name="streams">By sample, the layer just computed.</param>
    public static double[] ShiftOf(CorrectedLayer layer, IReadOnlyList<LiveTensors> streams, IReadOnlyList<Sample> samples, SampleWorkers workers)
    {
        if (!layer.IsConvolution)
        {
            return RoundingShift(
                layer,
                workers.Map(
                    streams.Count,
                    i => InputSum.OfLinear(streams[i].Floats(layer.Input), ShapeOf(streams[i], layer.Input), samples[i].Mask)
                )
            );
        }

        ActiveDifference difference = ActiveDifference.Sum(
            workers.Map(
                streams.Count,
                i =>
                    ActiveDifference.Of(
                        streams[i].Floats(layer.Reference),
                        streams[i].Floats(layer.Output),
                        ShapeOf(streams[i], layer.Output),
                        layer.Bound
                    )
            )
        );
        bool isEverywhere = difference.Places.All(places => places >= FewestPlaces),
            isKnown = layer.Weights.Dimensions.Count is 3 or 4;
        double[] ofRounding =
            isEverywhere || !isKnown ? new double[layer.Channels] : RoundingShift(layer, workers.Map(streams.Count, i => Inputs(layer, streams[i])));
        return
        [
            .. difference.Sums.Select(
                (sum, channel) =>
                    difference.Places[channel] >= FewestPlaces ? sum / difference.Places[channel] : ofRounding[channel]
            ),
        ];
    }

    private static double[] RoundingShift(CorrectedLayer layer, InputSum[] ofSamples) =>
        InputSum
            .Sum(ofSamples)
            .ShiftOf(
                WeightPlanner.Channels(layer.Weights, layer.Plan.Site.Axis),
                WeightPlanner.Channels(layer.Rounded, layer.Plan.Site.Axis)
            );

    private static InputSum Inputs(CorrectedLayer layer, LiveTensors stream) =>
        InputSum.OfConvolution(
            stream.Floats(layer.Input),
            ShapeOf(stream, layer.Input),
            ShapeOf(stream, layer.Output),
            layer.Weights.Dimensions,
            layer.Node
        );

    private static long[] ShapeOf(LiveTensors stream, string tensor) =>
        [.. stream.SignatureOf(tensor).Shape!.Select(axis => axis.Size!.Value)];
}
