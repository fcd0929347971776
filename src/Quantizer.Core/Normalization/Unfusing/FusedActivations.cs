using Quantizer.Graphs;

namespace Quantizer.Normalization.Unfusing;

/// <summary>Activation functions that are joined with layers or spelled in one node.</summary>
internal static class FusedActivations
{
    private const string ActivationAttribute = "activation";

    /// <summary>Activations by name, with the attributes that their parameters stand for, in their order.</summary>
    private static readonly Dictionary<string, string[]> Parameters = new()
    {
        [""] = [],
        ["Clip"] = ["min", "max"],
        ["Elu"] = ["alpha"],
        ["HardSigmoid"] = ["alpha", "beta"],
        ["LeakyRelu"] = ["alpha"],
        ["Relu"] = [],
        ["Sigmoid"] = [],
        ["Softplus"] = [],
        ["Softsign"] = [],
        ["Tanh"] = [],
        ["ThresholdedRelu"] = ["alpha"],
    };

    /// <summary>Whether the layer's activation is one that is known here, or none.</summary>
    public static bool Knows(Node layer) => Parameters.ContainsKey(layer.StringAttribute(ActivationAttribute, ""));

    /// <summary>The layer's activation of what the layer made.</summary>
    public static string Add(Node layer, string made, Replacement replacement)
    {
        string activation = layer.StringAttribute(ActivationAttribute, "");
        if (activation.Length == 0)
            return made;
        float[] values = ValuesOf(layer, activation);
        // Bounds are inputs since operator set 11.
        if (activation == "Clip")
            return replacement.Add("Clip", [made, .. values.Select(replacement.AddScalar)]);
        return replacement.Add(activation, [made], Parameters[activation].Zip(values, (name, value) => NodeAttribute.Of(name, value)));
    }

    /// <summary>x / 2 * (1 + erf(x / sqrt 2)) of the first input, or of its sum with the second.</summary>
    public static string? Gelu(Node node, Replacement replacement, GraphEdit edit)
    {
        string x = WithBias(node, replacement);
        string ratio = replacement.Add("Div", [x, replacement.AddScalar(MathF.Sqrt(2))]);
        string share = replacement.Add("Add", [replacement.Add("Erf", [ratio]), replacement.AddScalar(1)]);
        return replacement.Add("Mul", [replacement.Add("Mul", [x, share]), replacement.AddScalar(0.5f)]);
    }

    public static string? FastGelu(Node node, Replacement replacement, GraphEdit edit) =>
        AddFastGelu(WithBias(node, replacement), replacement);

    /// <summary>x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))</summary>
    public static string AddFastGelu(string x, Replacement replacement)
    {
        string cube = replacement.Add("Pow", [x, replacement.AddScalar(3)]);
        string inner = replacement.Add("Add", [x, replacement.Add("Mul", [cube, replacement.AddScalar(0.044715f)])]);
        string angle = replacement.Add("Mul", [inner, replacement.AddScalar(MathF.Sqrt(2 / MathF.PI))]);
        string share = replacement.Add("Add", [replacement.Add("Tanh", [angle]), replacement.AddScalar(1)]);
        return replacement.Add("Mul", [replacement.Add("Mul", [x, replacement.AddScalar(0.5f)]), share]);
    }

    /// <summary>x * sigmoid(alpha * x)</summary>
    public static string? QuickGelu(Node node, Replacement replacement, GraphEdit edit)
    {
        // "alpha: Alpha value. (default 1.702)" (ONNX Runtime's contrib operators, QuickGelu).
        float alpha = node.FloatAttribute("alpha", 1.702f);
        string x = node.Inputs[0],
            scaled = alpha == 1 ? x : replacement.Add("Mul", [x, replacement.AddScalar(alpha)]);
        return replacement.Add("Mul", [x, replacement.Add("Sigmoid", [scaled])]);
    }

    private static string WithBias(Node node, Replacement replacement) =>
        node.Inputs is [var x, { Length: > 0 } bias, ..] ? replacement.Add("Add", [x, bias]) : node.Inputs[0];

    /// <summary>A convolution has them in a list, a Gemm one by one; what is not said is the activation's own default.</summary>
    private static float[] ValuesOf(Node layer, string activation)
    {
        if (layer.Attribute("activation_params")?.Value is AttributeValue.FloatList list)
            return [.. list.Values];
        return
        [
            .. Parameters[activation]
                .Select(name => layer.Attribute($"{ActivationAttribute}_{name}")?.Value)
                .OfType<AttributeValue.Float>()
                .Select(value => value.Value),
        ];
    }
}
