using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Core.Tests.Robustness;

/// <summary>Damages model files: bytes of the file, or fields of what it holds. The same seed does the same damage.</summary>
internal static class ModelMutation
{
    private static readonly string[] OpTypes =
    [
        "Conv",
        "Gemm",
        "MatMul",
        "Add",
        "Concat",
        "Reshape",
        "Resize",
        "Split",
        "Gather",
        "Nonsense",
    ];

    /// <summary>Of a file, with some bytes changed, taken out or doubled.</summary>
    public static byte[] OfBytes(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (int i = random.Next(1, 6); i > 0 && bytes.Count > 16; i--)
        {
            int at = random.Next(bytes.Count),
                length = Math.Min(random.Next(1, 64), bytes.Count - at);
            switch (random.Next(40))
            {
                case 0:
                    bytes.RemoveRange(at, length);
                    break;
                case 1:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Of the structure: most of a file's bytes are weights, whose damage says little. Names, sizes and operators are changed,
    /// nodes and constants taken away.</summary>
    public static byte[] OfFields(OnnxModel model, Random random, string path)
    {
        for (int i = random.Next(1, 4); i > 0; i--)
            Change(model, random);
        OnnxFile.Write(model, path);
        return File.ReadAllBytes(path);
    }

    private static void Change(OnnxModel model, Random random)
    {
        Graph graph = model.Graph;
        if (graph.Nodes.Count == 0 || graph.Initializers.Count == 0)
            return;
        int nodeAt = random.Next(graph.Nodes.Count),
            constantAt = random.Next(graph.Initializers.Count);
        Node node = graph.Nodes[nodeAt];
        Tensor constant = graph.Initializers[constantAt];
        switch (random.Next(11))
        {
            case 0:
                node.OpType = OpTypes[random.Next(OpTypes.Length)];
                break;
            case 1:
                graph.Nodes.RemoveAt(nodeAt);
                break;
            case 2:
                graph.Initializers.RemoveAt(constantAt);
                break;
            case 3 when node.Inputs.Count > 0:
                node.Inputs[random.Next(node.Inputs.Count)] = graph.Nodes[random.Next(graph.Nodes.Count)].Outputs[0];
                break;
            case 4 when node.Inputs.Count > 0:
                node.Inputs.RemoveAt(random.Next(node.Inputs.Count));
                break;
            case 5:
                node.Inputs.Add(constant.Name);
                break;
            case 6 when constant.Type == ElementType.Float:
                graph.Initializers[constantAt] = Tensor.FromFloats(constant.Name, [constant.ElementCount], constant.Values<float>());
                break;
            case 7 when constant.Type == ElementType.Int64 && constant.ElementCount > 0:
                long[] values = [.. constant.Values<long>()];
                values[random.Next(values.Length)] = random.Next(4) switch
                {
                    // A Loop of more rounds would run for ever, whoever runs it.
                    0 => 1 << 16,
                    1 => -1,
                    2 => 0,
                    _ => random.Next(1000),
                };
                graph.Initializers[constantAt] = Tensor.FromInt64s(constant.Name, constant.Dimensions, values);
                break;
            case 8:
                model.OperatorSets.Clear();
                model.OperatorSets.Add(new OperatorSet("", random.Next(1, 30)));
                break;
            case 9:
                graph.Nodes.Insert(random.Next(graph.Nodes.Count), graph.Nodes[nodeAt]);
                break;
            case 10 when node.Attributes.Count > 0:
                int at = random.Next(node.Attributes.Count);
                node.Attributes[at] = node.Attributes[at].Value switch
                {
                    AttributeValue.IntList list => NodeAttribute.Of(node.Attributes[at].Name, list.Values.Append(random.Next(-3, 100))),
                    AttributeValue.Int => NodeAttribute.Of(node.Attributes[at].Name, (long)random.Next(-5, 1000)),
                    _ => NodeAttribute.Of(node.Attributes[at].Name, "nonsense"),
                };
                break;
        }
    }
}
