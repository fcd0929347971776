using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Targets;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Pipeline;

/// <summary>Looks at a model without quantizing it.</summary>
internal static class ModelInspector
{
    public static ModelInspection Inspect(string path)
    {
        using OnnxModel model = OnnxFile.Read(path);
        using InferenceModel session = SourceModel.OpenSession(
            path,
            model,
            new ExecutionOptions { Level = OptimizationLevel.Basic, DisablePrepacking = true }
        );
        IReadOnlyList<KeyValuePair<string, int>> quantized = QuantizedOperators.CountsIn(model);
        (WorkCount workOfFile, IReadOnlyList<NodePlacement> placements) = FormsOf(model);
        string? forms = FileForms.Describe(placements);
        bool isQuantized = quantized.Count > 0 || forms is not null;
        NormalizedModel? normalized = isQuantized ? null : ModelNormalizer.Normalize(model);
        PlacedModel? placed = normalized is null ? null : Placer.Place(normalized, QuantizationTarget.Default.Target);
        WorkCount work = placed is null
            ? workOfFile
            : WorkCount.Of(placed.Lowered.Graph, SampleShapes.Declared(placed.Lowered.Graph, placed.Lowered.SampleTensors));
        IReadOnlyList<NodePlacement> nodes = placed?.Sites.Nodes ?? placements;
        long integers = nodes.Where(node => node.IsInteger).Sum(node => work[node.Node] ?? 0);
        string producer = string.Join(' ', new[] { model.ProducerName, model.ProducerVersion }.Where(part => part.Length > 0));
        List<KeyValuePair<string, int>> counts =
        [
            .. model
                .Graph.Nodes.CountBy(node => node.OpType)
                .OrderByDescending(count => count.Value)
                .ThenBy(count => count.Key, StringComparer.Ordinal),
        ];
        return new ModelInspection(
            path,
            ReportParts.BytesOf(path),
            producer,
            model.IrVersion,
            model.Opset,
            ReportParts.Parameters(model),
            session.Inputs,
            session.Outputs,
            counts,
            isQuantized,
            work.IsComplete ? work.AtLeast : null,
            work.AtLeast,
            work.IsComplete && placed is not null ? ShareOf(integers, work.AtLeast) : null,
            [.. nodes.Select(node => ReportParts.Node(node, kernel: null))],
            isQuantized
                ? [FindingKind.QuantizedAlready.Of(path, Quantized(quantized, forms), "Give the FP32 model to quantize it anew.")]
                : [.. UnsoundWeights.In(normalized!.Graph)]
        );
    }

    private static double ShareOf(long part, long whole) => whole == 0 ? 0 : 100.0 * part / whole;

    private static string Quantized(IReadOnlyList<KeyValuePair<string, int>> operators, string? forms)
    {
        string held = operators.Count == 0 ? "integer weights" : QuantizedOperators.Describe(operators);
        return $"The model is quantized already: it holds {held}.{(forms is null ? "" : " " + forms)}";
    }

    private static (WorkCount Work, IReadOnlyList<NodePlacement> Nodes) FormsOf(OnnxModel model)
    {
        OnnxModel named = NamedNodes.In(model);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorShapes.OfBatch(named);
        WorkCount work = WorkCount.Of(named.Graph, SampleShapes.Declared(named.Graph, tensors));
        return (work, QuantizedFile.PlacementsOf(named, tensors, work));
    }
}
