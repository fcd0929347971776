using Quantizer.Graphs;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>Looks up and down a graph.</summary>
internal static class Paths
{
    /// <summary>True when a convolution lies somewhere before the node and another somewhere behind it.</summary>
    public static bool LeadToConvolution(LoweringContext context, Node node) =>
        Reaches(node, near => near.Inputs.Select(context.Index.ProducerOf).OfType<Node>())
        && Reaches(node, near => near.Outputs.SelectMany(context.Index.ReadersOf));

    private static bool Reaches(Node start, Func<Node, IEnumerable<Node>> next)
    {
        HashSet<Node> seen = [start];
        Queue<Node> open = new([start]);
        while (open.TryDequeue(out Node? node))
        {
            foreach (Node near in next(node))
            {
                if (near.Is("Conv"))
                    return true;
                if (seen.Add(near))
                    open.Enqueue(near);
            }
        }

        return false;
    }
}
