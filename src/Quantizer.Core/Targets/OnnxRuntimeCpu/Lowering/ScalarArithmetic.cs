using System.Numerics.Tensors;
using Quantizer.Graphs;
using Tensor = Quantizer.Graphs.Tensor;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>
/// A scalar that is multiplied to an activation function's result, and one added to that, in front of convolutions alone
/// (PaddlePaddle's learnable affine blocks). Left where they are, each is a pass in float over the whole tensor.
/// 1. a * x goes into the weights of the convolutions.
/// 2. a * x + b goes into weights and biases where no convolution pads: a padded zero would have to become -b / a.
/// 3. Where one pads, x + b / a is left.
/// 4. Kept where anything else reads a result, and where weights or biases are not constant.
/// </summary>
internal static class ScalarArithmetic
{
    private const int WeightInput = 1,
        BiasInput = 2;

    private static readonly HashSet<string> Activations =
    [
        "HardSwish",
        "QuickGelu",
        "Gelu",
        "FastGelu",
        "Relu",
        "Clip",
        "LeakyRelu",
        "Sigmoid",
    ];

    public static bool Apply(LoweringContext context)
    {
        bool changed = false;
        foreach (Node activation in context.Graph.Nodes.Where(node => Activations.Contains(node.OpType)).ToArray())
            changed |= TryFold(context, activation);
        return changed;
    }

    private static bool TryFold(LoweringContext context, Node activation)
    {
        string x = activation.Outputs[0];
        (Node? multiplication, float factor) = ScalarBehind(context, x, "Mul", absent: 1f);
        (Node? addition, float term) = ScalarBehind(context, multiplication?.Outputs[0] ?? x, "Add", absent: 0f);
        if ((addition ?? multiplication) is not { } last || factor == 0f || !float.IsFinite(term / factor))
            return false;
        IReadOnlyList<Node> readers = context.Index.ReadersOf(last.Outputs[0]);
        if (context.Index.IsOutput(last.Outputs[0]) || readers.Count == 0 || !readers.All(reader => TakesUp(context, reader, last)))
            return false;
        bool pads = addition is not null && readers.Any(Pads);
        if (pads && multiplication is null)
            return false;
        foreach (Node convolution in readers.ToArray())
        {
            Fold(context, convolution, factor, pads ? 0f : term);
            if (!pads)
                convolution.Inputs[0] = x;
        }

        foreach (Node node in new[] { multiplication, pads ? null : addition }.OfType<Node>())
            context.Graph.Nodes.Remove(node);
        if (pads)
        {
            string shift = context.AddConstant(Tensor.FromFloats($"{addition!.Name}_shift", [], [term / factor]));
            addition.Inputs.Clear();
            addition.Inputs.AddRange([x, shift]);
        }

        context.Edited();
        return true;
    }

    /// <summary>The only reader of a tensor where it combines it with one number.</summary>
    private static (Node? Node, float Scalar) ScalarBehind(LoweringContext context, string tensor, string opType, float absent)
    {
        if (context.Index.IsOutput(tensor) || context.Index.ReadersOf(tensor) is not [Node reader] || !reader.Is(opType))
            return (null, absent);
        string other = reader.Inputs[reader.Inputs[0] == tensor ? 1 : 0];
        return
            context.Index.ConstantOf(other) is { Type: ElementType.Float, ElementCount: 1 } scalar
            && scalar.Dimensions.Count <= (context.RankOf(tensor) ?? 0)
            ? (reader, scalar.Values<float>()[0])
            : (null, absent);
    }

    private static bool TakesUp(LoweringContext context, Node reader, Node made) =>
        reader.Is("Conv")
        && reader.Inputs[0] == made.Outputs[0]
        && context.Index.ConstantOf(reader.Inputs[WeightInput]) is { Type: ElementType.Float }
        && (!HasBias(reader) || context.Index.ConstantOf(reader.Inputs[BiasInput]) is { Type: ElementType.Float });

    private static bool HasBias(Node convolution) => convolution.Inputs.Count > BiasInput && convolution.Inputs[BiasInput].Length > 0;

    private static bool Pads(Node convolution) =>
        convolution.StringAttribute("auto_pad", "NOTSET") != "NOTSET" || (convolution.IntsAttribute("pads")?.Any(pad => pad != 0) ?? false);

    /// <summary>Conv(factor * x + term)</summary>
    private static void Fold(LoweringContext context, Node convolution, float factor, float term)
    {
        Tensor weights = context.Index.ConstantOf(convolution.Inputs[WeightInput])!;
        ReadOnlySpan<float> values = weights.Values<float>();
        int channels = (int)weights.Dimensions[0],
            perChannel = values.Length / channels;
        float[] scaled = new float[values.Length];
        TensorPrimitives.Multiply(values, factor, scaled);
        if (term != 0f)
        {
            float[] bias = HasBias(convolution)
                ? context.Index.ConstantOf(convolution.Inputs[BiasInput])!.Values<float>().ToArray()
                : new float[channels];
            for (int channel = 0; channel < channels; channel++)
            {
                double sum = 0;
                foreach (float weight in values.Slice(channel * perChannel, perChannel))
                    sum += weight;
                bias[channel] = (float)(bias[channel] + (term * sum));
            }

            while (convolution.Inputs.Count <= BiasInput)
                convolution.Inputs.Add("");
            convolution.Inputs[BiasInput] = context.AddConstant(Tensor.FromFloats($"{convolution.Name}_bias", [channels], bias));
        }

        convolution.Inputs[WeightInput] = context.AddConstant(Tensor.FromFloats($"{weights.Name}_scaled", [.. weights.Dimensions], scaled));
    }
}
