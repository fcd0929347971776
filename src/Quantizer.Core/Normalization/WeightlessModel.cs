using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// A view of a model for questions about shapes: large constants are declared as inputs instead, so ONNX Runtime neither parses
/// nor folds weights. It shares everything else with the model.
/// </summary>
internal static class WeightlessModel
{
    /// <summary>Bytes. Constants that shapes are computed from (targets, pads, axes, scales) are far smaller, weights far larger.</summary>
    private const int LargestKept = 4096;

    public static OnnxModel Of(OnnxModel model)
    {
        HashSet<string> inputs = [.. model.Graph.Inputs.Select(input => input.Name)];
        Tensor[] large = [.. model.Graph.Initializers.Where(tensor => tensor.Data.Length > LargestKept && !inputs.Contains(tensor.Name))];
        HashSet<string> names = [.. large.Select(tensor => tensor.Name)];
        Graph graph = new()
        {
            Name = model.Graph.Name,
            Nodes = model.Graph.Nodes,
            Initializers = model.Graph.Initializers.FindAll(tensor => !names.Contains(tensor.Name)),
            Inputs = [.. model.Graph.Inputs, .. large.Select(Declared)],
            Outputs = model.Graph.Outputs,
            ValueInfos = model.Graph.ValueInfos,
            Preserved = model.Graph.Preserved,
        };
        return new OnnxModel(graph)
        {
            IrVersion = model.IrVersion,
            OperatorSets = model.OperatorSets,
            Domain = model.Domain,
            Preserved = model.Preserved,
        };
    }

    private static ValueInfo Declared(Tensor tensor) =>
        new(tensor.Name, tensor.Type, [.. tensor.Dimensions.Select(size => new Dimension(size))]);
}
