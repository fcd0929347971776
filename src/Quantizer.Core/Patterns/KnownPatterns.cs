using Quantizer.Graphs;
using static Quantizer.Patterns.PatternNode;

namespace Quantizer.Patterns;

/// <summary>The functions that networks are made of and exporters spell out.</summary>
internal static class KnownPatterns
{
    /// <summary>Exporters write a sixth with 4 to 9 digits.</summary>
    private const float Tolerance = 1e-4f;

    private static readonly PatternNode X = Value("x");

    /// <summary>x * (1 + erf(x / sqrt 2)) / 2.</summary>
    public static GraphPattern Gelu { get; } = new("GELU", GeluSpellings());

    /// <summary>(x - mean) / sqrt(variance + epsilon) * gamma + beta.</summary>
    public static GraphPattern LayerNormalization { get; } =
        new(
            "LayerNormalization",
            [.. NormalizedSpellings().Select(normalized => Made("Add", Made("Mul", normalized, Constant("gamma")), Constant("beta")))]
        );

    /// <summary>x / sqrt(mean of squares + epsilon) * gamma.</summary>
    public static GraphPattern RmsNormalization { get; } =
        new("RMSNormalization", [Made("Mul", Either(RootMeanSquareSpellings()), Constant("gamma"))]);

    /// <summary>x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3))), which some networks take for a GELU.</summary>
    public static GraphPattern TanhGelu { get; } = new("GELU by tanh", TanhGeluSpellings());

    /// <summary>x * Sigmoid(alpha * x); without a value "alpha": 1.</summary>
    public static GraphPattern Silu { get; } =
        new(
            "SiLU",
            [
                Made("Mul", X, Made("Sigmoid", X)),
                Made("Mul", X, Made("Sigmoid", Made("Mul", X, Constant("alpha")))),
                Made("Div", X, Made("Add", Made("Exp", Made("Neg", X)), Number(1f))),
            ]
        );

    /// <summary>x * clip(x + 3, 0, 6) / 6.</summary>
    public static GraphPattern HardSwish { get; } = new("HardSwish", HardSwishSpellings());

    /// <summary>
    /// The part of a squeeze-and-excite block between the mean over all positions, the last node, and what is multiplied by it: one
    /// or two convolutions of a single position.
    /// </summary>
    public static GraphPattern Gate { get; } = new("gate", GateSpellings());

    /// <summary>A matrix product and a constant added to it, the nodes in this order: Add, MatMul.</summary>
    public static GraphPattern Linear { get; } =
        new("linear layer", [Made("Add", Made("MatMul", X, Constant("weights")), Constant("bias"))]);

    /// <summary>Softmax(queries * keys / scale + mask) * values.</summary>
    public static GraphPattern Attention { get; } = new("attention", AttentionSpellings());

    private static PatternNode[] GeluSpellings()
    {
        const float sqrtOfTwo = 1.41421356f;
        PatternNode erf = Made("Erf", Either(Made("Div", X, Number(sqrtOfTwo)), Made("Mul", X, Number(1 / sqrtOfTwo))));
        return [.. HalfOf(Made("Add", erf, Number(1f))), Made("Mul", X, Made("Add", Made("Mul", erf, Number(0.5f)), Number(0.5f)))];
    }

    private static PatternNode[] TanhGeluSpellings()
    {
        const float cubeShare = 0.044715f,
            sqrtOfTwoByPi = 0.79788456f;
        PatternNode cube = Either(Made("Pow", X, Number(3f)), Made("Mul", X, Made("Mul", X, X)));
        PatternNode inner = Either(
            Made("Add", X, Made("Mul", cube, Number(cubeShare))),
            Made("Mul", X, Made("Add", Made("Mul", Either(Made("Pow", X, Number(2f)), Made("Mul", X, X)), Number(cubeShare)), Number(1f))),
            Made("Add", X, Made("Mul", X, Made("Mul", X, Made("Mul", X, Number(cubeShare)))))
        );
        PatternNode tanh = Made("Tanh", Made("Mul", inner, Number(sqrtOfTwoByPi)));
        return [.. HalfOf(Made("Add", tanh, Number(1f))), Made("Mul", X, Made("Add", Made("Mul", tanh, Number(0.5f)), Number(0.5f)))];
    }

    /// <summary>x * share / 2, in any order.</summary>
    private static PatternNode[] HalfOf(PatternNode share)
    {
        PatternNode product = Made("Mul", X, share);
        return
        [
            Made("Mul", product, Number(0.5f)),
            Made("Div", product, Number(2f)),
            Made("Mul", Either(Made("Mul", X, Number(0.5f)), Made("Div", X, Number(2f))), share),
            Made("Mul", X, Either(Made("Mul", share, Number(0.5f)), Made("Div", share, Number(2f)))),
        ];
    }

    private static PatternNode[] NormalizedSpellings()
    {
        PatternNode centred = Made("Sub", X, Made("ReduceMean", X));
        PatternNode squares = Either(Made("Pow", centred, Number(2f)), Made("Mul", centred, centred));
        PatternNode deviation = Made("Sqrt", Made("Add", Made("ReduceMean", squares), Constant("epsilon")));
        return
        [
            Made("Div", centred, deviation),
            Made("Mul", centred, Either(Made("Reciprocal", deviation), Made("Div", Number(1f), deviation))),
        ];
    }

    private static PatternNode[] RootMeanSquareSpellings()
    {
        PatternNode squares = Either(Made("Pow", X, Number(2f)), Made("Mul", X, X));
        PatternNode root = Made("Sqrt", Made("Add", Made("ReduceMean", squares), Constant("epsilon")));
        return [Made("Div", X, root), Made("Mul", X, Either(Made("Reciprocal", root), Made("Div", Number(1f), root)))];
    }

    private static PatternNode[] HardSwishSpellings()
    {
        const float sixth = 1f / 6f;
        PatternNode clip = Clipped(Made("Add", X, Number(3f)), 6f);
        PatternNode product = Made("Mul", X, clip);
        PatternNode sixthOfX = Either(Made("Div", X, Number(6f)), Made("Mul", X, Number(sixth)));
        return
        [
            Made("Div", product, Number(6f)),
            Made("Mul", product, Number(sixth)),
            Made("Mul", X, Either(Made("Div", clip, Number(6f)), Made("Mul", clip, Number(sixth)))),
            Made("Mul", sixthOfX, clip),
            Made("Mul", X, Clipped(Made("Add", sixthOfX, Number(0.5f)), 1f)),
            Made("Mul", X, MadeWhere("HardSigmoid", IsClipOfSixth, X)),
        ];
    }

    /// <summary>clip(value, 0, most)</summary>
    private static PatternNode Clipped(PatternNode value, float most)
    {
        PatternNode positive = Either(Made("Relu", value), Made("Max", value, Number(0f)));
        return Either(Made("Clip", value, Number(0f), Number(most)), Made("Min", positive, Number(most)));
    }

    /// <summary>"alpha: default is 0.2; beta: default is 0.5" (HardSigmoid of ONNX).</summary>
    private static bool IsClipOfSixth(Node node) =>
        MathF.Abs(node.FloatAttribute("alpha", 0.2f) - (1f / 6f)) < Tolerance
        && MathF.Abs(node.FloatAttribute("beta", 0.5f) - 0.5f) < Tolerance;

    private static PatternNode[] GateSpellings()
    {
        PatternNode one = Made("Conv", Made("GlobalAveragePool", X));
        PatternNode between = Either(
            Made("Relu", one),
            Made("HardSwish", one),
            MadeIn("com.microsoft", "QuickGelu", one),
            Made("Mul", one, Made("Sigmoid", one))
        );
        return
        [
            .. new[] { Made("Conv", between), one }.SelectMany(last =>
                new[] { Made("Sigmoid", last), Made("HardSigmoid", last), Clipped(last, 1f), Clipped(Affine(last), 1f) }
            ),
        ];
    }

    /// <summary>A hard sigmoid's inner part: shifted, or scaled and shifted.</summary>
    private static PatternNode Affine(PatternNode value) =>
        Either(
            Made("Add", value, Constant("shift")),
            Made("Add", Either(Made("Mul", value, Constant("slope")), Made("Div", value, Constant("slope"))), Constant("shift"))
        );

    private static PatternNode[] AttentionSpellings()
    {
        PatternNode products = Made("MatMul", Value("queries"), Value("keys"));
        PatternNode scores = Either(products, Made("Div", products, Constant("scale")), Made("Mul", products, Constant("scale")));
        return [Made("MatMul", Made("Softmax", Either(Made("Add", scores, Value("mask")), scores)), Value("values"))];
    }
}
