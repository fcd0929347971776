using Quantizer.Graphs;
using Quantizer.Placement.Contract.Edits;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>
/// A float tensor that everyone reads through a one-input Sum, so that ONNX Runtime does not see its maker and its reader as
/// neighbours: it would fuse or move them in ways that cost an integer kernel.
/// </summary>
internal sealed record FloatBarrier(string Tensor) : GraphChange
{
    public override void Apply(Graph graph, Func<string, string> newName)
    {
        int makerAt = graph.Nodes.FindIndex(node => node.Outputs.Contains(Tensor));
        Node maker = graph.Nodes[makerAt];
        string made = newName($"{Tensor}_before_Sum");
        maker.Outputs[maker.Outputs.IndexOf(Tensor)] = made;
        graph.Nodes.Insert(makerAt + 1, new Node("Sum", [made], [Tensor], newName($"{Tensor}_Sum")));
    }
}
