using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Computes tensors that depend on constants only.</summary>
internal static class ConstantEvaluation
{
    /// <summary>
    /// The values of <paramref name="tensors"/> in one run without any optimization, by name; initializers are handed back
    /// as they are. An initializer that is also a graph input counts as a constant: the caller knows whether it may.
    /// </summary>
    /// <exception cref="QuantizationException">
    /// A tensor depends on a graph input, is no dense tensor of fixed-size elements, or ONNX Runtime fails on it.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor> Evaluate(OnnxModel model, IReadOnlyList<string> tensors)
    {
        Dictionary<string, Tensor> initializers = [];
        foreach (Tensor tensor in model.Graph.Initializers)
            initializers[tensor.Name] = tensor;
        Dictionary<string, Tensor> values = [];
        List<string> computed = [];
        foreach (string name in tensors.Distinct())
        {
            if (initializers.TryGetValue(name, out Tensor? tensor))
                values[name] = tensor;
            else
                computed.Add(name);
        }
        if (computed.Count == 0)
            return values;
        using InferenceModel session = InferenceModel.Load(
            ModelVariants.ConstantPart(model, computed),
            new ExecutionOptions { Level = OptimizationLevel.None, DisablePrepacking = true }
        );
        session.Visit(
            new Dictionary<string, TensorValue>(),
            computed,
            (name, type, shape, data) => values[name] = new Tensor(name, type, shape, data.ToArray())
        );
        if (computed.Find(name => !values.ContainsKey(name)) is { } missing)
        {
            throw new QuantizationException(
                $"Constant '{missing}' holds strings or is a sequence, map or optional; only dense numeric constants can be evaluated."
            );
        }

        return values;
    }
}
