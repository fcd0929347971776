using Quantizer.Graphs;
using Quantizer.Placement.Contract.Edits;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>
/// A clamp (Relu, Clip) in front of a MaxPool, both in float, with integers behind. ONNX Runtime would move the QuantizeLinear
/// in front of the pool, where its integer kernel is some thirty times slower; the clamp behind the pool, which gives the same
/// values, stops it.
/// </summary>
internal sealed record PoolSwap(string Clamp, string Pool) : GraphChange
{
    /// <summary>x -> Relu -> a -> MaxPool -> b becomes x -> MaxPool -> a -> Relu -> b: the maximum of clamped values is the clamped
    /// maximum.</summary>
    public override void Apply(Graph graph, Func<string, string> newName)
    {
        Node clamp = graph.Nodes.First(node => node.Name == Clamp),
            pool = graph.Nodes.First(node => node.Name == Pool);
        (clamp.Outputs[0], pool.Outputs[0]) = (pool.Outputs[0], clamp.Outputs[0]);
        (pool.Inputs[0], clamp.Inputs[0]) = (clamp.Inputs[0], pool.Outputs[0]);
        int clampAt = graph.Nodes.IndexOf(clamp),
            poolAt = graph.Nodes.IndexOf(pool);
        (graph.Nodes[clampAt], graph.Nodes[poolAt]) = (pool, clamp);
        // The tensor between them now holds other values than a note on it may say.
        graph.ValueInfos.RemoveAll(info => info.Name == pool.Outputs[0]);
    }
}
