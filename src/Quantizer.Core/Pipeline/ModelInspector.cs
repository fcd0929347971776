using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Placement.Sites;
using Quantizer.Reporting;
using Quantizer.Targets;

namespace Quantizer.Pipeline;

/// <summary>Looks at a model without quantizing it.</summary>
internal static class ModelInspector
{
    public static ModelInspection Inspect(string path)
    {
        using OnnxModel model = OnnxFile.Read(path);
        using InferenceModel session = InferenceModel.Load(path, new ExecutionOptions { Level = OptimizationLevel.Basic, DisablePrepacking = true });
        IReadOnlyList<KeyValuePair<string, int>> quantized = QuantizedOperators.CountsIn(model);
        bool isQuantized = quantized.Count > 0;
        QuantizationSites? sites = isQuantized ? null : Placer.Place(ModelNormalizer.Normalize(model), QuantizationTarget.Default.Target).Sites;
        string producer = string.Join(' ', new[] { model.ProducerName, model.ProducerVersion }.Where(part => part.Length > 0));
        List<KeyValuePair<string, int>> counts = [.. model.Graph.Nodes.CountBy(node => node.OpType).OrderByDescending(count => count.Value).ThenBy(count => count.Key, StringComparer.Ordinal)];
        return new ModelInspection(
            path, ReportParts.BytesOf(path), producer, model.IrVersion, model.Opset, ReportParts.Parameters(model), session.Inputs, session.Outputs, counts, isQuantized,
            sites is { TotalMacs: > 0 } ? sites.TotalMacs : null, sites is { TotalMacs: > 0 } ? 100.0 * sites.PlacedMacs / sites.TotalMacs : 0,
            sites is null ? [] : [.. sites.Nodes.Select(node => new NodeReport(node.Node, node.OpType, node.IsInteger ? NodeDecision.Int8 : NodeDecision.Float, node.Reason, null))],
            isQuantized ? [new Finding(FindingSeverity.Info, path, $"The model is quantized already: it holds {QuantizedOperators.Describe(quantized)}.", "Give the FP32 model to quantize it anew.")] : []);
    }
}
