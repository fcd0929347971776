using Quantizer.Graphs;
using Quantizer.Ranges.Weights;
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

    public void WriteWeights(WeightPlan plan, ReaderRedirection readers)
    {
        Tensor weights = _constants[plan.Site.Tensor];
        readers.Redirect(plan.Site.Node, plan.Site.Input, WriteShared(weights, plan));
        if (plan.Site.Bias is not { } bias || (bias.Tensor is null && plan.Bias is null))
            return;
        string name = bias.Tensor ?? $"{bias.Node}_bias";
        IReadOnlyList<long> dimensions = bias.Tensor is null ? [plan.Bias!.Count] : _constants[name].Dimensions;
        Tensor values = plan.Bias is { } corrected ? Tensor.FromFloats(name, dimensions, [.. corrected]) : _constants[name];
        // No scales: it is added as it is. Under a name of its own, since another plan may correct it otherwise.
        if (plan.BiasScales.Count == 0)
        {
            Tensor own = values.Renamed(_names.New($"{name}_float"));
            _graph.Initializers.Add(own);
            readers.Redirect(bias.Node, bias.Input, own.Name);
            return;
        }
        // A bias belongs to one product, since its scale depends on that product's activation.
        string output = Write(
            name,
            written => IntegerTensors.OfBias(written, values, plan.BiasScales),
            plan.BiasScales,
            zeroPoint: null,
            axis: dimensions.Count - 1
        );
        readers.Redirect(bias.Node, bias.Input, output);
    }

    /// <summary>Writes a constant operand of a combining operator; returns the tensor to read.</summary>
    public string WriteConstant(string name, QuantizationParameters parameters)
    {
        Tensor constant = _constants[name];
        return Write(
            name,
            made => IntegerTensors.Of(made, constant.Dimensions, constant.Values<float>(), parameters),
            [parameters.Scale],
            parameters,
            axis: null
        );
    }

    /// <summary>Weights that several nodes read are stored once, as long as those nodes agree on the scales and their axis.</summary>
    private string WriteShared(Tensor weights, WeightPlan plan)
    {
        if (!_written.TryGetValue(weights.Name, out var variants))
            _written[weights.Name] = variants = [];
        foreach ((int along, IReadOnlyList<float> scales, string shared) in variants)
        {
            if (plan.Integers is null && along == plan.Site.Axis && scales.SequenceEqual(plan.Scales))
                return shared;
        }

        int? axis = plan.Scales.Count > 1 ? plan.Site.Axis : null;
        string output = Write(
            weights.Name,
            name => plan.Integers?.Renamed(name) ?? _rounded.Of(name, weights, plan),
            plan.Scales,
            new QuantizationParameters(plan.Scales[0], ZeroPoint: 0, plan.Site.Scheme),
            axis
        );
        if (plan.Integers is null)
            variants.Add((plan.Site.Axis, plan.Scales, output));
        return output;
    }

    /// <param name="zeroPoint">Whose zero point is written, in its type; null: none is, which means zero.</param>
    private string Write(
        string name,
        Func<string, Tensor> quantized,
        IReadOnlyList<float> scales,
        QuantizationParameters? zeroPoint,
        int? axis
    )
    {
        UsableScales.Require(name, scales);
        Tensor integers = quantized(_names.New($"{name}_quantized"));
        bool isVector = axis is not null && scales.Count > 1;
        Tensor scale = Tensor.FromFloats(_names.New($"{name}_scale"), isVector ? [scales.Count] : [], isVector ? [.. scales] : [scales[0]]);
        _graph.Initializers.AddRange([integers, scale]);
        List<string> inputs = [integers.Name, scale.Name];
        if (zeroPoint is { } parameters)
        {
            Tensor zero = IntegerTensors.ZeroPoints(_names.New($"{name}_zero_point"), parameters, isVector ? scales.Count : null);
            _graph.Initializers.Add(zero);
            inputs.Add(zero.Name);
        }
        string output = _names.New($"{name}_dequantized");
        Node node = new("DequantizeLinear", inputs, [output], _names.New($"{name}_DequantizeLinear"));
        if (isVector)
            node.Set(NodeAttribute.Of("axis", (long)axis!.Value));
        _nodes.Add(node);
        return output;
    }
}
