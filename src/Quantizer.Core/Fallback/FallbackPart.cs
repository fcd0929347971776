namespace Quantizer.Fallback;

/// <summary>Neighbouring nodes that are given back to float together.</summary>
/// <param name="Nodes">With weights on integers, in graph order.</param>
/// <param name="Macs">Multiply-accumulates that are lost for integers with it.</param>
/// <param name="Error">Of the outputs, against their signal, when nothing else is quantized; 1 where that does not run.</param>
internal sealed record FallbackPart(IReadOnlyList<string> Nodes, long Macs, double Error)
{
    /// <summary>What a part costs beside its multiply-accumulates, in these: even a tiny one breaks a path of integers in two.</summary>
    private const double LeastMacs = 1e5;

    /// <summary>Error that giving the part back removes for each multiply-accumulate that it costs.</summary>
    public double ErrorPerWork => Error / (Macs + LeastMacs);
}
