using Quantizer.Graphs;

namespace Quantizer.Normalization.Bodies;

/// <summary>
/// Weights inside the bodies of If, Loop and Scan, at any depth, become constants of the main graph, which bodies can read, too: there
/// they are computed beforehand, stored as integers, and written once where several bodies have the same.
/// 1. Initializers and Constant nodes of 1 KiB and more are moved.
/// 2. So are nodes that only arrange such weights (gates of an LSTM, cut apart and joined in another order), with what they read.
/// 3. Smaller Constant nodes become initializers of their body.
/// 4. Kept: smaller initializers, and what a body gives out as it is.
/// </summary>
internal static class BodyConstants
{
    /// <summary>Smaller constants are not worth storing as integers, and say more where they are read.</summary>
    private const int LeastBytes = 1 << 10;

    private static readonly HashSet<string> Arranging = ["Concat", "Identity", "Reshape", "Slice", "Squeeze", "Transpose", "Unsqueeze"];

    public static bool Apply(GraphEdit edit)
    {
        int moved = 0;
        Dictionary<string, FixedValue> known = [];
        edit.Sweep(node =>
        {
            if (!node.Subgraphs.Any())
                return false;
            int before = moved;
            foreach (Graph body in node.Subgraphs)
                Visit(body, node, known);
            return moved > before;
        });
        if (moved > 0)
            edit.Note($"{moved} weights inside the bodies of other nodes are constants of the main graph now");
        return moved > 0;

        void Visit(Graph body, Node place, Dictionary<string, FixedValue> outer)
        {
            Dictionary<string, FixedValue> scope = new(outer);
            foreach (Tensor tensor in body.Initializers)
                scope[tensor.Name] = new FixedValue(tensor);
            foreach (ValueInfo input in body.Inputs)
                scope.Remove(input.Name);
            foreach (Node node in body.Nodes)
            {
                if (ConstantIn(node, scope) is { } constant)
                {
                    scope[node.Outputs[0]] = constant;
                    continue;
                }
                for (int input = 0; input < node.Inputs.Count; input++)
                {
                    if (!scope.TryGetValue(node.Inputs[input], out FixedValue? read) || read.Bytes < LeastBytes)
                        continue;
                    node.Inputs[input] = read.MovedTo(edit, place);
                    moved++;
                }
                foreach (Graph inner in node.Subgraphs)
                    Visit(inner, place, scope);
            }
            RemoveUnread(body);
            ConvertConstants(body);
        }
    }

    private static void ConvertConstants(Graph body)
    {
        HashSet<string> givenOut = [.. body.Outputs.Select(output => output.Name)];
        foreach (Node node in body.Nodes.Where(node => node.Is("Constant")).ToArray())
        {
            if (node.Outputs is not [string output] || givenOut.Contains(output) || ConstantNodes.ValueOf(node, output) is not { } value)
                continue;
            body.Initializers.Add(value);
            body.Nodes.Remove(node);
        }
    }

    /// <summary>What a node makes of nothing but constants; null: it reads other values, or computes.</summary>
    private static FixedValue? ConstantIn(Node node, Dictionary<string, FixedValue> scope)
    {
        if (node.Domain.Length > 0 || node.Outputs is not [{ Length: > 0 } output])
            return null;
        if (node.OpType == "Constant")
            return ConstantNodes.ValueOf(node, output) is { } value ? new FixedValue(value) : null;
        return Arranging.Contains(node.OpType) && node.Inputs.TrueForAll(input => input.Length == 0 || scope.ContainsKey(input))
            ? new FixedValue(node, [.. node.Inputs.Select(scope.GetValueOrDefault)])
            : null;
    }

    /// <summary>Removes what made the moved constants, unless something else reads it.</summary>
    private static void RemoveUnread(Graph body)
    {
        HashSet<string> read = [.. body.Outputs.Select(output => output.Name)];
        HashSet<Node> unread = [];
        foreach (Node node in Enumerable.Reverse(body.Nodes))
        {
            bool isConstant = node.Domain.Length == 0 && (node.OpType == "Constant" || Arranging.Contains(node.OpType));
            if (isConstant && !node.Outputs.Exists(read.Contains))
                unread.Add(node);
            else
                read.UnionWith(GraphIndex.ReadBy(node));
        }
        body.Nodes.RemoveAll(unread.Contains);
        body.Initializers.RemoveAll(tensor => !read.Contains(tensor.Name));
        HashSet<string> made = [.. body.Nodes.SelectMany(node => node.Outputs), .. body.Initializers.Select(tensor => tensor.Name)];
        body.ValueInfos.RemoveAll(value => !made.Contains(value.Name));
    }
}
