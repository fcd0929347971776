using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Schemes;

namespace Quantizer.Rewriting;

/// <summary>Stores constants as integers behind a DequantizeLinear: a quarter of the file, and no work when the model is opened.</summary>
internal sealed class ConstantWriter
{
    private readonly Graph _graph;
    private readonly NameSource _names;
    private readonly List<Node> _nodes;
    private readonly RoundedWeights _rounded;
    private readonly Dictionary<string, Tensor> _constants;
    private readonly Dictionary<string, List<(int Axis, IReadOnlyList<float> Scales, string Output)>> _written = [];

    /// <param name="rounded">Weights that were rounded for other plans.</param>
    public ConstantWriter(Graph graph, NameSource names, List<Node> nodes, RoundedWeights rounded)
    {
        _graph = graph;
        _names = names;
        _nodes = nodes;
        _rounded = rounded;
        _constants = graph.Initializers.ToDictionary(tensor => tensor.Name);
    }

    public void WriteWeights(WeightPlan plan, ReaderEdits edits)
    {
        Tensor weights = _constants[plan.Site.Tensor];
        edits.Redirect(plan.Site.Node, plan.Site.Input, WriteShared(weights, plan));
        if (plan.Site.Bias is not { } bias) return;
        Tensor values = _constants[bias.Tensor];
        int[] quantized = IntegerTensors.Int32s(values.Values<float>(), plan.BiasScales);
        // A bias belongs to one product, since its scale depends on that product's activation.
        string output = Write(bias.Tensor, name => Tensor.FromInt32s(name, values.Dimensions, quantized), plan.BiasScales, [], axis: values.Dimensions.Count - 1);
        edits.Redirect(bias.Node, bias.Input, output);
    }

    /// <summary>Writes a constant operand of a combining operator; returns the tensor to read.</summary>
    public string WriteConstant(string name, QuantizationParameters parameters)
    {
        Tensor constant = _constants[name];
        byte[] quantized = IntegerTensors.UInt8s(constant.Values<float>(), parameters);
        return Write(name, made => Tensor.FromUInt8s(made, constant.Dimensions, quantized), [parameters.Scale], [(byte)parameters.ZeroPoint], axis: null);
    }

    /// <summary>Weights that several nodes read are stored once, as long as those nodes agree on the scales and their axis.</summary>
    private string WriteShared(Tensor weights, WeightPlan plan)
    {
        if (!_written.TryGetValue(weights.Name, out var variants)) _written[weights.Name] = variants = [];
        foreach ((int along, IReadOnlyList<float> scales, string shared) in variants)
            if (along == plan.Site.Axis && scales.SequenceEqual(plan.Scales)) return shared;
        ReadOnlyMemory<byte> quantized = _rounded.Of(weights, plan);
        int? axis = plan.Scales.Count > 1 ? plan.Site.Axis : null;
        string output = Write(weights.Name, name => new Tensor(name, ElementType.Int8, weights.Dimensions, quantized), plan.Scales, new byte[plan.Scales.Count], axis);
        variants.Add((plan.Site.Axis, plan.Scales, output));
        return output;
    }

    /// <param name="zeroPoints">In the type of the quantized tensor; empty: none, which means zero.</param>
    private string Write(string name, Func<string, Tensor> quantized, IReadOnlyList<float> scales, byte[] zeroPoints, int? axis)
    {
        Tensor integers = quantized(_names.New($"{name}_quantized"));
        bool isVector = axis is not null && scales.Count > 1;
        long[] shape = isVector ? [scales.Count] : [];
        Tensor scale = Tensor.FromFloats(_names.New($"{name}_scale"), shape, isVector ? [.. scales] : [scales[0]]);
        _graph.Initializers.AddRange([integers, scale]);
        List<string> inputs = [integers.Name, scale.Name];
        if (zeroPoints.Length > 0)
        {
            Tensor zeroPoint = new(_names.New($"{name}_zero_point"), integers.Type, shape, isVector ? zeroPoints : zeroPoints[..1]);
            _graph.Initializers.Add(zeroPoint);
            inputs.Add(zeroPoint.Name);
        }
        string output = _names.New($"{name}_dequantized");
        Node node = new("DequantizeLinear", inputs, [output], _names.New($"{name}_DequantizeLinear"));
        if (isVector) node.Set(NodeAttribute.Of("axis", (long)axis!.Value));
        _nodes.Add(node);
        return output;
    }
}
