using Quantizer.Graphs;

namespace Quantizer.Placement.Sites;

/// <summary>
/// A function in float that is all that reads a quantized tensor: what rounding costs is what changes of its result. A hard-swish
/// is zero below -3, so no integer need stand for a value there.
/// </summary>
/// <param name="Name">The operator.</param>
/// <param name="Alpha">The factor inside of x * sigmoid(alpha * x).</param>
internal sealed record FunctionBehind(string Name, float Alpha)
{
    /// <summary>GELU within 0.02: near enough to weigh errors by.</summary>
    private const float AlphaOfGelu = 1.702f;

    private const double HardSwishZero = -3,
        HardSwishLinear = 3;

    /// <summary>From here on downwards the function is constant.</summary>
    public double FlatBelow => Name == "HardSwish" ? HardSwishZero : double.NegativeInfinity;

    /// <summary>The function of a node; null where it is none of these.</summary>
    public static FunctionBehind? Of(Node node) =>
        node.OpType switch
        {
            "HardSwish" => new FunctionBehind("HardSwish", 0f),
            "QuickGelu" => new FunctionBehind("QuickGelu", node.FloatAttribute("alpha", AlphaOfGelu)),
            "Gelu" or "FastGelu" when node.Inputs.Count == 1 => new FunctionBehind("Gelu", AlphaOfGelu),
            _ => null,
        };

    /// <summary>The function's value.</summary>
    public double At(double x) =>
        Name == "HardSwish"
            ? x * Math.Clamp(x - HardSwishZero, 0, HardSwishLinear - HardSwishZero) / (HardSwishLinear - HardSwishZero)
            : x / (1 + Math.Exp(-Alpha * x));
}
