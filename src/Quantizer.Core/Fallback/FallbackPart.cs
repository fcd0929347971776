namespace Quantizer.Fallback;

/// <summary>Neighbouring nodes that are given back to float together.</summary>
/// <param name="Nodes">With weights on integers, in graph order.</param>
/// <param name="Cost">Of giving it back.</param>
/// <param name="Error">Of the outputs, against their signal, when nothing else is quantized; 1 where that does not run.</param>
internal sealed record FallbackPart(IReadOnlyList<string> Nodes, double Cost, double Error)
{
    /// <summary>Error that giving the part back removes for what it costs.</summary>
    public double Merit => Error / Cost;
}
