using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Correction;

/// <summary>
/// The FP32 network and the quantized one side by side in one model with the same inputs. Constants of the quantized one are floats
/// again, so that its layers write what they have before the next rounding.
/// </summary>
internal sealed class TwoStreams
{
    private readonly string _prefix;
    private readonly ConstantMakers _makers;

    private TwoStreams(OnnxModel model, string prefix, ConstantMakers makers)
    {
        Model = model;
        _prefix = prefix;
        _makers = makers;
    }

    public OnnxModel Model { get; }

    /// <summary>Whether two networks can be told apart by the names of their tensors: those of subgraphs cannot be changed, and inputs with
    /// a default are constants, too.</summary>
    public static bool CanJoin(OnnxModel fp32)
    {
        HashSet<string> inputs = [.. fp32.Graph.Inputs.Select(input => input.Name)];
        return !fp32.Graph.Nodes.Exists(node => node.Subgraphs.Any())
            && !fp32.Graph.Initializers.Exists(tensor => inputs.Contains(tensor.Name));
    }

    /// <returns>Null where <see cref="CanJoin"/> says no.</returns>
    /// <exception cref="QuantizationException">Constants cannot be evaluated.</exception>
    public static TwoStreams? Join(OnnxModel fp32, OnnxModel quantized)
    {
        HashSet<string> inputs = [.. fp32.Graph.Inputs.Select(input => input.Name)];
        if (!CanJoin(fp32))
            return null;
        string prefix = PrefixFor(quantized.Graph);
        Graph graph = new() { Name = fp32.Graph.Name, Inputs = fp32.Graph.Inputs };
        ConstantMakers makers = new(quantized.Graph);
        AddQuantized(quantized, makers, graph);
        foreach (Node node in fp32.Graph.Nodes)
        {
            graph.Nodes.Add(
                new Node(node.OpType, node.Inputs.Select(Renamed), node.Outputs.Select(Renamed), prefix + node.Name, node.Domain)
                {
                    Attributes = node.Attributes,
                    Preserved = node.Preserved,
                }
            );
        }
        graph.Initializers.AddRange(fp32.Graph.Initializers.Select(tensor => tensor.Renamed(Renamed(tensor.Name))));
        OnnxModel joined = new(graph)
        {
            IrVersion = quantized.IrVersion,
            OperatorSets = quantized.OperatorSets,
            Preserved = quantized.Preserved,
        };
        return new TwoStreams(joined, prefix, makers);

        string Renamed(string tensor) => tensor.Length == 0 || inputs.Contains(tensor) ? tensor : prefix + tensor;
    }

    /// <summary>The name that a tensor of the FP32 network, not an input, has here.</summary>
    public string ReferenceOf(string tensor) => _prefix + tensor;

    /// <summary>Whether a constant that was made float again shares what it is made of with another one, as the file has it.</summary>
    public bool IsShared(string constant) => _makers.IsShared(constant);

    /// <summary>Puts other values into a constant.</summary>
    public void Replace(Tensor constant) =>
        Model.Graph.Initializers[Model.Graph.Initializers.FindIndex(tensor => tensor.Name == constant.Name)] = constant;

    private static void AddQuantized(OnnxModel quantized, ConstantMakers makers, Graph graph)
    {
        IReadOnlyDictionary<string, Tensor> floats = ConstantEvaluation.Evaluate(quantized, makers.Made);
        graph.Nodes.AddRange(quantized.Graph.Nodes.Where(node => !makers.Contains(node)));
        graph.Initializers.AddRange(quantized.Graph.Initializers);
        graph.Initializers.AddRange(floats.Values);
    }

    private static string PrefixFor(Graph graph)
    {
        string prefix = "fp32/";
        while (graph.Initializers.Exists(tensor => Begins(tensor.Name)) || graph.Nodes.Exists(node => node.Outputs.Exists(Begins)))
            prefix = "_" + prefix;
        return prefix;

        bool Begins(string name) => name.StartsWith(prefix, StringComparison.Ordinal);
    }
}
