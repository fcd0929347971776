using static Quantizer.Patterns.PatternNode;

namespace Quantizer.Patterns;

/// <summary>The functions that networks are made of and exporters spell out.</summary>
internal static class KnownPatterns
{
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

    /// <summary>x * Sigmoid(x).</summary>
    public static GraphPattern Silu { get; } = new("SiLU", [Made("Mul", X, Made("Sigmoid", X))]);

    /// <summary>x * clip(x + 3, 0, 6) / 6.</summary>
    public static GraphPattern HardSwish { get; } = new("HardSwish", HardSwishSpellings());

    /// <summary>A matrix product and a constant added to it, the nodes in this order: Add, MatMul.</summary>
    public static GraphPattern Linear { get; } =
        new("linear layer", [Made("Add", Made("MatMul", X, Constant("weights")), Constant("bias"))]);

    /// <summary>Softmax(queries * keys / scale + mask) * values.</summary>
    public static GraphPattern Attention { get; } = new("attention", AttentionSpellings());

    private static PatternNode[] GeluSpellings()
    {
        const float sqrtOfTwo = 1.41421356f;
        PatternNode erf = Made(
            "Add",
            Made("Erf", Either(Made("Div", X, Number(sqrtOfTwo)), Made("Mul", X, Number(1 / sqrtOfTwo)))),
            Number(1f)
        );
        return
        [
            Made("Mul", Made("Mul", X, erf), Number(0.5f)),
            Made("Mul", Made("Mul", X, Number(0.5f)), erf),
            Made("Mul", X, Made("Mul", erf, Number(0.5f))),
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
        PatternNode clip = Made("Clip", Made("Add", X, Number(3f)), Constant("zero"), Number(6f));
        return
        [
            Made("Div", Made("Mul", X, clip), Number(6f)),
            Made("Mul", Made("Mul", X, clip), Number(1f / 6f)),
            Made("Mul", X, Either(Made("Div", clip, Number(6f)), Made("Mul", clip, Number(1f / 6f)))),
            Made("Mul", X, Made("HardSigmoid", X)),
        ];
    }

    private static PatternNode[] AttentionSpellings()
    {
        PatternNode products = Made("MatMul", Value("queries"), Value("keys"));
        PatternNode scores = Either(products, Made("Div", products, Constant("scale")), Made("Mul", products, Constant("scale")));
        return [Made("MatMul", Made("Softmax", Either(Made("Add", scores, Value("mask")), scores)), Value("values"))];
    }
}
