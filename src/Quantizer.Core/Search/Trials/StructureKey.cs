using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Schemes;

namespace Quantizer.Search.Trials;

/// <summary>
/// What a quantized graph must have in common with another one for ONNX Runtime to make the same of both, but for the numbers:
/// 1. nodes, declarations, and the names and shapes of constants;
/// 2. which activations have equal parameters: a DequantizeLinear and a QuantizeLinear that cancel out are removed;
/// 3. which zero points lie at an end of the integers, and which clamps say nothing that the integers do not: those clamps
///    are removed;
/// 4. the scales of stored constants, which are folded into floats;
/// 5. the constants inside bodies, into which no numbers are put.
/// </summary>
internal static class StructureKey
{
    /// <summary>ONNX Runtime moves a QuantizeLinear back through these, and then sees the clamp behind them.</summary>
    private static readonly HashSet<string> Moving =
    [
        "MaxPool",
        "Reshape",
        "Transpose",
        "Flatten",
        "Squeeze",
        "Unsqueeze",
        "Slice",
        "Gather",
        "Identity",
    ];

    public static string Of(Graph quantized, Target target)
    {
        StringBuilder key = new(
            GraphPrinter.Print(
                new Graph
                {
                    Nodes = quantized.Nodes,
                    Inputs = quantized.Inputs,
                    Outputs = quantized.Outputs,
                }
            )
        );
        foreach (Tensor tensor in quantized.Initializers)
            key.Append(tensor).Append('\n');
        foreach (Tensor tensor in quantized.EveryNode.SelectMany(node => node.Subgraphs).SelectMany(body => body.Initializers))
            key.AppendLine(Convert.ToHexString(SHA256.HashData(tensor.Data.Span)));
        GraphIndex index = new(quantized);
        Dictionary<(float, int), int> numbers = [];
        foreach (Node node in quantized.Nodes)
        {
            if (ScalesOfStored(node, index) is { } scales)
                key.AppendLine(Convert.ToHexString(SHA256.HashData(scales.Data.Span)));
            if (!node.Is("QuantizeLinear") && !node.Is("DequantizeLinear"))
                continue;
            if (index.ConstantOf(node.Inputs[0]) is null && ParametersOf(node, index) is { } parameters)
                Append(key, node, parameters, index, numbers, target);
        }
        return key.ToString();
    }

    private static Tensor? ScalesOfStored(Node node, GraphIndex index) =>
        node.Is("Mul") && index.ProducerOf(node.Inputs[0]) is { OpType: "Cast" } cast && index.ConstantOf(cast.Inputs[0]) is not null
            ? index.ConstantOf(node.Inputs[1])
            : null;

    private static void Append(
        StringBuilder key,
        Node node,
        QuantizationParameters parameters,
        GraphIndex index,
        Dictionary<(float, int), int> numbers,
        Target target
    )
    {
        (float, int) pair = (parameters.Scale, parameters.ZeroPoint);
        if (!numbers.TryGetValue(pair, out int number))
            numbers[pair] = number = numbers.Count;
        key.Append(CultureInfo.InvariantCulture, $"{number}");
        if (parameters.ZeroPoint == parameters.Scheme.QuantizedMin)
            key.Append('l');
        if (parameters.ZeroPoint == parameters.Scheme.QuantizedMax)
            key.Append('h');
        for (Node? maker = Maker(node); maker is not null; maker = Maker(maker))
        {
            if (Clamp.BoundOf(maker, index) is { } bound)
                key.Append(target.Absorbs(parameters, bound) ? 'a' : 'c');
            else if (!Moving.Contains(maker.OpType))
                break;
        }
        key.Append('\n');

        Node? Maker(Node reader) => node.Is("QuantizeLinear") && reader.Inputs.Count > 0 ? index.ProducerOf(reader.Inputs[0]) : null;
    }

    /// <summary>Scale and zero point of a node with constant ones; of a vector of equal ones the first.</summary>
    private static QuantizationParameters? ParametersOf(Node node, GraphIndex index)
    {
        if (
            index.ConstantOf(node.Inputs[1]) is not { Type: ElementType.Float } scale
            || node.Inputs.Count < 3
            || index.ConstantOf(node.Inputs[2]) is not { } zeroPoint
        )
        {
            return null;
        }

        return zeroPoint.Type switch
        {
            ElementType.UInt8 => new QuantizationParameters(
                scale.Values<float>()[0],
                zeroPoint.Values<byte>()[0],
                QuantizationScheme.UInt8Asymmetric
            ),
            ElementType.Int8 => new QuantizationParameters(
                scale.Values<float>()[0],
                zeroPoint.Values<sbyte>()[0],
                QuantizationScheme.Int8Symmetric
            ),
            _ => null,
        };
    }
}
