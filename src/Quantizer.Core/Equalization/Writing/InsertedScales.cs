using Quantizer.Equalization.Modelling;
using Quantizer.Graphs;
using Quantizer.Normalization;

namespace Quantizer.Equalization.Writing;

/// <summary>
/// Multiplications put in front of linear layers, for scales that nothing before the layer can take up: behind a normalization whose
/// output is added to, or behind a GELU. Each is by ones at first, and is taken out again where it stays so.
/// </summary>
/// <param name="Model">With all of them.</param>
/// <param name="Nodes">The multiplications: the name of each to the tensor that it reads.</param>
internal sealed record InsertedScales(NormalizedModel Model, IReadOnlyDictionary<string, string> Nodes)
{
    private const int FactorInput = 1;

    /// <param name="tensors">What to multiply, with one of the layers that read it.</param>
    /// <param name="readers">By tensor the nodes that read the product instead.</param>
    public static InsertedScales Before(
        NormalizedModel model,
        IReadOnlyDictionary<string, LayerWeights> tensors,
        ILookup<string, string> readers
    )
    {
        OnnxModel copy = ModelCopy.Of(model.Model);
        Graph graph = copy.Graph;
        HashSet<string> names = [.. model.Tensors.Keys, .. graph.Nodes.Select(node => node.Name)];
        Dictionary<string, TensorSignature> types = new(model.Tensors),
            sampleTypes = new(model.SampleTensors);
        Dictionary<string, string> nodes = [];
        for (int i = 0; i < graph.Nodes.Count; i++)
        {
            foreach (string tensor in graph.Nodes[i].Outputs.Where(tensors.ContainsKey).ToArray())
            {
                string name = Unused(names, $"{tensor}/scaled"),
                    factor = Unused(names, $"{tensor}/scales");
                graph.Initializers.Add(Ones(factor, tensors[tensor]));
                foreach (Node reader in graph.Nodes.Where(node => readers[tensor].Contains(node.Name)))
                    reader.Inputs[0] = name;
                graph.Nodes.Insert(++i, new Node("Mul", [tensor, factor], [name], name));
                types[name] = types[tensor] with { Name = name };
                sampleTypes[name] = sampleTypes[tensor] with { Name = name };
                nodes[name] = tensor;
            }
        }
        return new InsertedScales(model with { Model = copy, Tensors = types, SampleTensors = sampleTypes }, nodes);
    }

    /// <summary>A scaled copy of the model without the multiplications that scale nothing.</summary>
    public NormalizedModel Without(OnnxModel scaled)
    {
        Graph graph = scaled.Graph;
        Dictionary<string, Tensor> constants = graph.Initializers.ToDictionary(tensor => tensor.Name);
        foreach (Node node in graph.Nodes.Where(node => Nodes.ContainsKey(node.Name)).ToArray())
        {
            Tensor factor = constants[node.Inputs[FactorInput]];
            if (factor.Values<float>().ContainsAnyExcept(1f))
                continue;
            foreach (Node reader in graph.Nodes)
            {
                if (reader.Inputs.Contains(node.Outputs[0]))
                    reader.Inputs[0] = Nodes[node.Name];
            }

            graph.Nodes.Remove(node);
            graph.Initializers.Remove(factor);
        }
        return Model with { Model = scaled };
    }

    /// <summary>One for each input channel, which lie on the last axis, or in front of the positions of a convolution.</summary>
    private static Tensor Ones(string name, LayerWeights layer)
    {
        int positions = layer.Node.Is("Conv") ? layer.Axes : 0;
        float[] ones = [.. Enumerable.Repeat(1f, layer.Inputs)];
        return Tensor.FromFloats(name, [ones.Length, .. Enumerable.Repeat(1L, positions)], ones);
    }

    private static string Unused(HashSet<string> names, string wish)
    {
        while (!names.Add(wish))
            wish += "_";
        return wish;
    }
}
