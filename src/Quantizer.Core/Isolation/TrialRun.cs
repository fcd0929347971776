using Quantizer.Calibration.Statistics;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;

namespace Quantizer.Isolation;

/// <summary>
/// Whether a quantized model opens and runs on one sample. Its numbers do not matter: where calibration has not been yet, every
/// tensor is taken to lie between -1 and 1.
/// </summary>
internal static class TrialRun
{
    private static readonly float[] StandIn = [-1f, 0f, 1f];

    /// <param name="model">The model that is quantized.</param>
    /// <param name="inputs">One sample.</param>
    /// <returns>ONNX Runtime's words; null when it runs.</returns>
    public static string? FailureOf(OnnxModel model, QuantizationSites sites, IReadOnlyDictionary<string, TensorValue> inputs) =>
        FailureOf(Quantized(model, sites), inputs);

    /// <summary>The model as it would be written, but for the numbers of its activations.</summary>
    /// <exception cref="QuantizationException">A weight is not finite.</exception>
    public static OnnxModel Quantized(OnnxModel model, QuantizationSites sites)
    {
        CalibrationStatistics statistics = new(sites.Observed.ToDictionary(tensor => tensor, _ => StandInStatistics()), 1);
        WeightOptions weights = new(WeightGranularity.PerChannel, WeightRangeMethod.MinMax);
        return GraphRewriter.Rewrite(model, new RangePlanner(sites, statistics, model.Graph, weights).Plan(new MinMaxSelector()));
    }

    /// <returns>ONNX Runtime's words; null when it runs.</returns>
    public static string? FailureOf(OnnxModel quantized, IReadOnlyDictionary<string, TensorValue> inputs)
    {
        try
        {
            using InferenceModel session = InferenceModel.Load(quantized, FoldedConstants.OptionsFor(quantized));
            session.Visit(inputs, [.. session.Outputs.Select(output => output.Name)], (_, _, _, _) => { });
            return null;
        }
        catch (QuantizationException error)
        {
            return error.Message;
        }
    }

    private static TensorStatistics StandInStatistics()
    {
        TensorStatistics statistics = new();
        statistics.Add(StandIn);
        return statistics;
    }
}
