using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Calibration;

/// <summary>
/// Reads convolutional networks' tensors in the blocked layout (NCHWc) that ONNX Runtime's kernels use: giving them out
/// in the ordinary layout costs a reordering of each tensor, which is most of the price of observing it (up to 50 % of
/// the inference), and statistics do not care for the order of values. Works on the graph that ONNX Runtime saved with
/// the observed tensors as outputs.
/// </summary>
internal sealed class BlockedTaps
{
    private const string BlockedDomain = "com.microsoft.nchwc";
    private static readonly string[] ZeroKeepingActivations = ["Relu", "LeakyRelu", "Tanh"];
    private static readonly string[] ZeroKeepingOperators = ["Relu", "LeakyRelu", "Tanh", "Add", "Sum", "Mul"];
    private static readonly string[] Pools = ["MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "Upsample"];

    private readonly OnnxModel _optimized;
    private readonly GraphIndex _index;
    private readonly Dictionary<string, Node> _reorders = [];

    public BlockedTaps(OnnxModel optimized, IReadOnlyCollection<string> tensors)
    {
        _optimized = optimized;
        _index = new GraphIndex(optimized.Graph);
        foreach (string tensor in tensors)
            if (_index.ProducerOf(tensor) is { } node && IsBlocked(node, "ReorderOutput") && node.IntAttribute("channels", absent: 0) > 0 && _index.ReadersOf(tensor).Count == 0)
                _reorders[tensor] = node;
    }

    /// <summary>The tensors that are reordered for no other reason than to be read.</summary>
    public IReadOnlyCollection<string> Candidates => _reorders.Keys;

    /// <summary>Where to read a candidate instead.</summary>
    public Tap TapOf(string candidate) => new(candidate, _reorders[candidate].Inputs[0], _reorders[candidate].IntAttribute("channels", absent: 0));

    /// <summary>The optimized model without the reordering of the given candidates. Load it without any optimization: it has had it.</summary>
    public OnnxModel Without(IReadOnlyCollection<string> candidates)
    {
        HashSet<Node> removed = [.. candidates.Select(candidate => _reorders[candidate])];
        return ModelVariants.WithNodesAndOutputs(
            _optimized,
            _optimized.Graph.Nodes.FindAll(node => !removed.Contains(node)),
            [.. _optimized.Graph.Outputs.Select(output => output.Name).Where(name => !candidates.Contains(name)),
             .. candidates.Select(candidate => TapOf(candidate).Output).Distinct()]);
    }

    /// <summary>
    /// Whether the channels that pad a candidate's blocked tensor surely hold zeros, so that they can be taken off the count
    /// of zeros. A fused Sigmoid makes them 0.5.
    /// </summary>
    public bool PaddingIsZero(string candidate) => KeepsZero(_reorders[candidate].Inputs[0]);

    private bool KeepsZero(string tensor)
    {
        if (_index.ProducerOf(tensor) is not { } node) return false;
        if (IsBlocked(node, "ReorderInput")) return true;
        // Padded filters and biases are zero, whatever comes in; the fourth input is added to the result.
        if (IsBlocked(node, "Conv")) return ActivationKeepsZero(node) && node.Inputs.Skip(3).All(sum => sum.Length == 0 || KeepsZero(sum));
        if (node.Domain == BlockedDomain) return Pools.Contains(node.OpType) && KeepsZero(node.Inputs[0]);
        return node.Domain.Length == 0 && ZeroKeepingOperators.Contains(node.OpType) && node.Inputs.TrueForAll(KeepsZero);
    }

    private static bool ActivationKeepsZero(Node convolution)
    {
        string activation = convolution.StringAttribute("activation", absent: "");
        if (activation != "Clip") return activation.Length == 0 || ZeroKeepingActivations.Contains(activation);
        return convolution.Attribute("activation_params")?.Value is AttributeValue.Floats { Values: [float min, float max] } && min <= 0f && max >= 0f;
    }

    private static bool IsBlocked(Node node, string opType) => node.OpType == opType && node.Domain == BlockedDomain;
}
