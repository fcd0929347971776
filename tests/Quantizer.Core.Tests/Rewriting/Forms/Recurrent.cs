using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Rewriting.Forms;

/// <summary>Recurrent layers with seeded weights.</summary>
internal static class Recurrent
{
    public const int Inputs = 32,
        Hidden = 64,
        Steps = 6;

    /// <summary>One layer "x" to "y", over a sequence of one sample.</summary>
    public static OnnxModel Layer(string type, int gates, int directions, params NodeAttribute[] attributes)
    {
        GraphBuilder builder = new GraphBuilder()
            .Input("x", [Steps, 1, Inputs])
            .Constant("w", [directions, gates * Hidden, Inputs], Layers.Weights(directions * gates * Hidden * Inputs, Inputs, "w"))
            .Constant("r", [directions, gates * Hidden, Hidden], Layers.Weights(directions * gates * Hidden * Hidden, Hidden, "r"))
            .Constant("b", [directions, 2 * gates * Hidden], Layers.Weights(directions * 2 * gates * Hidden, 100, "b"));
        return builder
            .Node(
                type,
                ["x", "w", "r", "b"],
                ["y"],
                [
                    NodeAttribute.Of("hidden_size", Hidden),
                    NodeAttribute.Of("direction", directions == 2 ? "bidirectional" : "forward"),
                    .. attributes,
                ]
            )
            .Output("y")
            .Build();
    }
}
