using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// What a model does to its picture input before its first layer, as far as that is a factor and a sum for each channel: value x
/// <see cref="Factors"/> + <see cref="Sums"/>. Read from the nodes by which the picture comes to the layers
/// (<see cref="PictureReader"/>), one behind the other:
/// 1. Cast to floats, Transpose and Identity, which change no value.
/// 2. Add, Sub, Mul and Div by constants: one number, or one for each channel.
/// 3. BatchNormalization with constant statistics, and Conv of 1x1 over each channel alone.
/// The first other node ends it.
/// </summary>
internal sealed class InputScaling
{
    private readonly OnnxModel _model;
    private readonly GraphIndex _index;
    private readonly IReadOnlyDictionary<string, Tensor> _constants;
    private readonly double[] _factors;
    private readonly double[] _sums;
    private readonly int _rank;
    private readonly List<Node> _nodes = [];
    private int _axis;
    private bool _isFloat;

    private InputScaling(OnnxModel model, PictureInput input)
    {
        _model = model;
        _index = new GraphIndex(model.Graph);
        _constants = ConstantTensors.In(model.Graph);
        _factors = [.. Enumerable.Repeat(1.0, input.Channels)];
        _sums = new double[input.Channels];
        int batch = input.HasBatchAxis ? 1 : 0;
        _rank = batch + 3;
        _axis = input.Layout == TensorLayout.Nchw ? batch : _rank - 1;
        _isFloat = !PictureElements.AreWhole(input.Type);
    }

    /// <summary>Per channel, in the order of the input.</summary>
    public IReadOnlyList<double> Factors => _factors;

    /// <summary>As <see cref="Factors"/>.</summary>
    public IReadOnlyList<double> Sums => _sums;

    /// <summary>The nodes that change values, in their order.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <returns>Null where the picture comes to the first layer as it is.</returns>
    public static InputScaling? Read(OnnxModel model, PictureInput input)
    {
        InputScaling scaling = new(model, input);
        string tensor = input.Name;
        while (scaling.ReaderOf(tensor) is { } node && scaling.Takes(node, tensor))
            tensor = node.Outputs[0];
        return scaling._nodes.Count == 0 ? null : scaling;
    }

    private Node? ReaderOf(string tensor) => _index.IsOutput(tensor) ? null : PictureReader.Of(tensor, _index);

    private bool Takes(Node node, string tensor)
    {
        if (node.Domain.Length > 0)
            return false;
        switch (node.OpType)
        {
            case "Identity":
                return true;
            case "Cast":
                return _isFloat = PictureElements.AreFloats((ElementType)node.IntAttribute("to", absent: 0));
            case "Transpose":
                return Permuted(node);
            // Whole numbers would be divided without a remainder, and wrap around.
            case var _ when !_isFloat:
                return false;
            case "Add":
                return Operand(node, tensor, commutes: true) is { } added && Applied(node, _ => 1, channel => added[channel]);
            case "Sub":
                return Operand(node, tensor, commutes: false) is { } taken && Applied(node, _ => 1, channel => -taken[channel]);
            case "Mul":
                return Operand(node, tensor, commutes: true) is { } factor && Applied(node, channel => factor[channel], _ => 0);
            case "Div":
                return Operand(node, tensor, commutes: false) is { } divisor && Applied(node, channel => 1 / divisor[channel], _ => 0);
            case "BatchNormalization":
                return IsNormalized(node);
            case "Conv":
                return IsConvolved(node);
            default:
                return false;
        }
    }

    private bool Applied(Node node, Func<int, double> factor, Func<int, double> sum)
    {
        for (int channel = 0; channel < _factors.Length; channel++)
        {
            _factors[channel] *= factor(channel);
            _sums[channel] = (_sums[channel] * factor(channel)) + sum(channel);
        }
        _nodes.Add(node);
        return true;
    }

    private bool Permuted(Node node)
    {
        // Without the attribute the axes are reversed.
        _axis = node.IntsAttribute("perm") is { } order ? order.ToList().IndexOf(_axis) : _rank - 1 - _axis;
        return true;
    }

    private bool IsNormalized(Node node)
    {
        if (_axis != 1 || !FirstBatchNormalization.IsInferenceForm(node))
            return false;
        float[]?[] parts = [.. node.Inputs.Skip(1).Select(Vector)];
        if (parts is not [{ } scale, { } bias, { } mean, { } variance])
            return false;
        float epsilon = node.FloatAttribute("epsilon", absent: 1e-5f);
        double Factor(int channel) => scale[channel] / Math.Sqrt((double)variance[channel] + epsilon);
        return Applied(node, Factor, channel => bias[channel] - (mean[channel] * Factor(channel)));
    }

    private bool IsConvolved(Node node)
    {
        int channels = _factors.Length;
        bool isPlain =
            _axis == 1
            && node.IntAttribute("group", absent: 1) == channels
            && node.StringAttribute("auto_pad", "NOTSET") is "NOTSET" or "VALID"
            && node.IntsAttribute("pads")?.All(pad => pad == 0) != false
            && node.IntsAttribute("strides")?.All(stride => stride == 1) != false;
        if (!isPlain || ConstantOf(node.Inputs[1]) is not { } weights || !weights.Shape.SequenceEqual([channels, 1, 1, 1]))
            return false;
        float[] factors = OutputValues.Floats(weights);
        float[]? biases = node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? Vector(node.Inputs[2]) : new float[channels];
        return biases is not null && Applied(node, channel => factors[channel], channel => biases[channel]);
    }

    /// <summary>A constant with one number for each channel, whatever its axes.</summary>
    private float[]? Vector(string name) =>
        ConstantOf(name) is { } value && value.ElementCount == _factors.Length ? OutputValues.Floats(value) : null;

    /// <summary>The other operand by channel; null where it is no constant, or differs within a channel.</summary>
    private float[]? Operand(Node node, string tensor, bool commutes)
    {
        int place = node.Inputs[0] == tensor ? 1 : 0;
        if ((place == 0 && !commutes) || ConstantOf(node.Inputs[place]) is not { } value || value.Shape.Count > _rank)
            return null;
        if (value.ElementCount == 1)
            return [.. Enumerable.Repeat(OutputValues.Floats(value)[0], _factors.Length)];
        // Shapes are aligned at their last axes.
        int axis = value.Shape.Count - (_rank - _axis);
        return value.ElementCount == _factors.Length && axis >= 0 && value.Shape[axis] == _factors.Length
            ? OutputValues.Floats(value)
            : null;
    }

    private TensorValue? ConstantOf(string name)
    {
        TensorValue? value = _constants.TryGetValue(name, out Tensor? constant)
            ? new TensorValue(constant.Type, constant.Dimensions, constant.Data)
            : Computed(name);
        return value is not null && OutputValues.Supports(value.Type) ? value : null;
    }

    /// <summary>What nodes make of constants, such as the axes that PyTorch gives a mean; null for what depends on an input.</summary>
    private TensorValue? Computed(string name)
    {
        if (_index.ProducerOf(name) is null)
            return null;
        OnnxModel part = ModelPrefix.EndingAt(_model, [name]);
        if (part.Graph.Inputs.Count > 0)
            return null;
        try
        {
            using InferenceModel session = InferenceModel.Load(OnnxFile.ToBytes(part), $"the model up to '{name}'");
            return session.Run(new Dictionary<string, TensorValue>())[name];
        }
        catch (QuantizationException)
        {
            // What cannot be computed is not known: the tests on pictures decide then.
            return null;
        }
    }
}
