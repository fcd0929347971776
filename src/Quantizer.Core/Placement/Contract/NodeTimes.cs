namespace Quantizer.Placement.Contract;

/// <summary>What the nodes of a model take, in milliseconds.</summary>
/// <param name="OfNode">By the node's name; what disappeared into another node is not in it.</param>
/// <param name="Between">Of all that the runtime does beside, such as rounding values to integers, and bringing them into another
/// layout.</param>
internal sealed record NodeTimes(IReadOnlyDictionary<string, double> OfNode, double Between)
{
    public double Of(string node) => OfNode.GetValueOrDefault(node);
}
