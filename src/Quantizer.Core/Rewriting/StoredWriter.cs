using Quantizer.Graphs;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Weights;

namespace Quantizer.Rewriting;

/// <summary>
/// Stores constants of nodes in float as integers. Cast and Mul of constants are computed when the file is loaded, where a
/// DequantizeLinear would be run again and again; in front of a product by blocks of 4 bits it is part of the kernel.
/// </summary>
internal sealed class StoredWriter(Graph graph, NameSource names, RoundedWeights rounded)
{
    /// <returns>The nodes to put before all others. They give the constants their names back: nobody is pointed elsewhere.</returns>
    public IReadOnlyList<Node> Write(IReadOnlyList<StoredPlan> plans)
    {
        Dictionary<string, Tensor> constants = graph.Initializers.ToDictionary(tensor => tensor.Name);
        Dictionary<string, (string Integers, string Scales)> tables = [];
        List<Node> decoding = [];
        foreach (StoredPlan plan in plans)
        {
            Tensor constant = constants[plan.Site.Tensor];
            if (plan.Site.Blocks is { } blocks)
            {
                decoding.Add(WriteBlocks(constant, plan, blocks));
                continue;
            }
            (string integers, string scales) = WriteIntegers(constant, plan);
            if (plan.Site.Gathers.Count == 0)
            {
                graph.Initializers.Remove(constant);
                decoding.AddRange(Decode(constant.Name, integers, scales, constant.Name));
            }
            foreach (string gather in plan.Site.Gathers)
                tables[gather] = (integers, scales);
        }
        Node[] nodes = [.. graph.Nodes.SelectMany(node => tables.TryGetValue(node.Name, out var table) ? LookUp(node, table) : [node])];
        graph.Nodes.Clear();
        graph.Nodes.AddRange(nodes);
        return decoding;
    }

    private (string Integers, string Scales) WriteIntegers(Tensor constant, StoredPlan plan)
    {
        UsableScales.Require(constant.Name, plan.Scales);
        string name = names.New($"{constant.Name}_quantized");
        Tensor integers = plan.Integers?.Renamed(name) ?? rounded.Of(name, constant, plan.Site.Axis, plan.Scales, plan.Site.Scheme);
        // [C, 1, 1] beside [N, C, H, W]: broadcast from the last axis on.
        long[] shape =
            plan.Scales.Count == 1 ? [] : [plan.Scales.Count, .. Enumerable.Repeat(1L, constant.Dimensions.Count - plan.Site.Axis - 1)];
        Tensor scales = Tensor.FromFloats(names.New($"{constant.Name}_scale"), shape, [.. plan.Scales]);
        graph.Initializers.AddRange([integers, scales]);
        return (integers.Name, scales.Name);
    }

    private Node WriteBlocks(Tensor constant, StoredPlan plan, Blocks blocks)
    {
        UsableScales.Require(constant.Name, plan.Scales);
        Tensor integers = PackedBlocks.Of(names.New($"{constant.Name}_quantized"), constant, plan, blocks);
        long[] shape = [integers.Dimensions[0] / Blocks.Size, integers.Dimensions[1]];
        Tensor scales = Tensor.FromFloats(names.New($"{constant.Name}_scale"), shape, [.. plan.Scales]),
            zeroPoints = new(names.New($"{constant.Name}_zero_point"), ElementType.UInt4, shape, PackedBlocks.Pack([.. plan.ZeroPoints]));
        graph.Initializers.Remove(constant);
        graph.Initializers.AddRange([integers, scales, zeroPoints]);
        foreach (Node reader in graph.Nodes.Where(node => node.Is("Gemm") && node.Inputs[1] == constant.Name))
            reader.RemoveAttribute("transB");
        return new Node(
            "DequantizeLinear",
            [integers.Name, scales.Name, zeroPoints.Name],
            [constant.Name],
            names.New($"{constant.Name}_DequantizeLinear")
        )
        {
            Attributes = [NodeAttribute.Of("axis", 0L), NodeAttribute.Of("block_size", (long)Blocks.Size)],
        };
    }

    private Node[] Decode(string name, string integers, string scales, string output)
    {
        string cast = names.New($"{name}_cast");
        return
        [
            new Node("Cast", [integers], [cast], names.New($"{name}_Cast"))
            {
                Attributes = [NodeAttribute.Of("to", (long)ElementType.Float)],
            },
            new Node("Mul", [cast, scales], [output], names.New($"{name}_Mul")),
        ];
    }

    /// <summary>Looks up integers, and their scales where each row has its own: only rows that are wanted become float.</summary>
    private Node[] LookUp(Node gather, (string Integers, string Scales) table)
    {
        string output = gather.Outputs[0];
        string rows = names.New($"{output}_quantized");
        gather.Inputs[0] = table.Integers;
        gather.Outputs[0] = rows;
        if (graph.Initializers.Find(tensor => tensor.Name == table.Scales)!.Dimensions.Count == 0)
            return [gather, .. Decode(output, rows, table.Scales, output)];
        string scales = names.New($"{output}_scale");
        Node scaling = new("Gather", [table.Scales, gather.Inputs[1]], [scales], names.New($"{gather.Name}_scale"));
        return [gather, scaling, .. Decode(output, rows, scales, output)];
    }
}
