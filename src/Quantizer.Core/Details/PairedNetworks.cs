using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Details;

/// <summary>
/// Two files of one network, and which of their tensors are the same one. A tensor is found by its name. Where the INT8 network
/// quantizes it, its value is what its integers stand for, read by a DequantizeLinear that is added behind them: ONNX Runtime fuses the
/// nodes in front of a QuantizeLinear into an integer kernel only as long as nobody reads what lies between. Left out are tensors
/// that such a kernel never has: what a Relu or Clip reads that disappears into the QuantizeLinear behind it.
/// </summary>
internal sealed class PairedNetworks
{
    private readonly GraphIndex _int8;
    private readonly List<Node> _watching = [];

    /// <summary>From a tensor of the INT8 network to the FP32 tensor that it stands for.</summary>
    private readonly Dictionary<string, string> _meaning = [];

    private readonly HashSet<string> _names;

    private PairedNetworks(OnnxModel fp32, OnnxModel int8)
    {
        Fp32 = fp32;
        _int8 = new GraphIndex(int8.Graph);
        _names = [.. TensorOrder.Of(int8.Graph), .. int8.Graph.Initializers.Select(tensor => tensor.Name)];
        HashSet<string> nodes = [.. int8.Graph.Nodes.Select(node => node.Name)];
        GraphIndex reference = new(fp32.Graph);
        HashSet<string> constants = [.. fp32.Graph.Initializers.Select(tensor => tensor.Name)];
        Tensors =
        [
            .. TensorOrder
                .Of(fp32.Graph)
                // An input that is not quantized is the same in both.
                .Where(tensor => !constants.Contains(tensor) && (_int8.ProducerOf(tensor) ?? QuantizerOf(tensor)) is not null)
                .Where(tensor => !IsInsideKernel(tensor))
                .Select(tensor => Pair(tensor, reference.ProducerOf(tensor)?.Name ?? "", nodes)),
        ];
        Int8 = ModelVariants.WithNodesAndOutputs(
            int8,
            [.. int8.Graph.Nodes, .. _watching],
            int8.Graph.Outputs.Select(output => output.Name)
        );
        _int8 = new GraphIndex(Int8.Graph);
    }

    public OnnxModel Fp32 { get; }

    /// <summary>With the nodes that read integers as numbers.</summary>
    public OnnxModel Int8 { get; }

    /// <summary>In the order of the FP32 network.</summary>
    public IReadOnlyList<CommonTensor> Tensors { get; }

    public static PairedNetworks Of(OnnxModel fp32, OnnxModel int8) => new(fp32, int8);

    /// <summary>The nodes of the INT8 network that make a tensor of what the FP32 network has in front of them: what they give differs from
    /// the FP32 tensor by their own error. Null where they are the FP32 network's own.</summary>
    public OwnPart? OwnPartOf(CommonTensor tensor)
    {
        HashSet<Node> taken = [];
        Dictionary<string, string> renamed = [];
        HashSet<string> inputs = [];
        string prefix = $"own/{tensor.Name}/";
        Stack<string> open = new([tensor.Int8]);
        while (open.TryPop(out string? needed))
        {
            if (renamed.ContainsKey(needed) || _int8.ConstantOf(needed) is not null)
                continue;
            bool isOther = _meaning.TryGetValue(needed, out string? meaning) && meaning != tensor.Name;
            if (isOther || _int8.ProducerOf(needed) is not { } maker)
            {
                renamed[needed] = meaning ?? needed;
                inputs.Add(meaning ?? needed);
                continue;
            }
            foreach (string output in maker.Outputs.Where(output => output.Length > 0))
                renamed[output] = prefix + output;
            if (maker.Subgraphs.Any())
                return null;
            if (taken.Add(maker))
            {
                foreach (string read in maker.Inputs.Where(read => read.Length > 0))
                    open.Push(read);
            }
        }
        Node[] nodes = [.. Int8.Graph.Nodes.Where(taken.Contains)];
        return nodes.Length == 0 || nodes.All(IsUnchanged)
            ? null
            : new OwnPart([.. nodes.Select(node => Renamed(node, renamed, prefix))], [.. inputs], prefix + tensor.Int8);
    }

    private CommonTensor Pair(string tensor, string node, HashSet<string> nodes)
    {
        _meaning[tensor] = tensor;
        if (node.Length > 0 && !nodes.Contains(node))
            node = _int8.ProducerOf(tensor)?.Name ?? node;
        if (QuantizerOf(tensor) is not { } quantize)
            return new CommonTensor(tensor, node, tensor);
        string value = $"{tensor}/watched";
        while (!_names.Add(value))
            value += "_";
        _watching.Add(
            new Node("DequantizeLinear", [quantize.Outputs[0], .. quantize.Inputs.Skip(1)], [value], value, quantize.Domain)
            {
                Attributes = [.. quantize.Attributes.Where(attribute => attribute.Name is "axis" or "block_size")],
            }
        );
        _meaning[value] = tensor;
        foreach (Node reader in _int8.ReadersOf(quantize.Outputs[0]).Where(reader => reader.OpType == "DequantizeLinear"))
            _meaning[reader.Outputs[0]] = tensor;
        return new CommonTensor(tensor, node, value);
    }

    private Node? QuantizerOf(string tensor) =>
        _int8.ReadersOf(tensor).FirstOrDefault(reader => reader.OpType == "QuantizeLinear" && reader.Inputs[0] == tensor);

    private bool IsInsideKernel(string tensor) =>
        !_int8.IsOutput(tensor)
        && QuantizerOf(tensor) is null
        && _int8.ReadersOf(tensor) is [Node reader]
        && (reader.Is("Relu") || reader.Is("Clip"))
        && QuantizerOf(reader.Outputs[0]) is not null;

    /// <summary>Whether the FP32 network has the node as it is.</summary>
    private bool IsUnchanged(Node node) =>
        Fp32.Graph.Nodes.Find(original => original.Name == node.Name && original.Is(node.OpType)) is { } same
        && same.Domain == node.Domain
        && same.Inputs.SequenceEqual(node.Inputs)
        && node.Inputs.All(input => _int8.ConstantOf(input) is null || Fp32.Graph.Initializers.Exists(tensor => tensor.Name == input));

    private static Node Renamed(Node node, Dictionary<string, string> names, string prefix) =>
        new(
            node.OpType,
            node.Inputs.Select(input => names.GetValueOrDefault(input, input)),
            node.Outputs.Select(output => names.GetValueOrDefault(output, output)),
            prefix + node.Name,
            node.Domain
        )
        {
            Attributes = node.Attributes,
            Preserved = node.Preserved,
        };
}
