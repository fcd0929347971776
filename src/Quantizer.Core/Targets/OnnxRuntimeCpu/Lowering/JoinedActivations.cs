using Quantizer.Graphs;
using Quantizer.Patterns;

namespace Quantizer.Targets.OnnxRuntimeCpu.Lowering;

/// <summary>
/// Activation functions that exporters spell out become one node each. Between DequantizeLinear and QuantizeLinear ONNX Runtime does
/// not join them itself, because each of their nodes reads a DequantizeLinear of its own.
/// 1. Hard-swish: HardSwish, for which the operator set becomes at least 14; nothing else that is in use changed between 13 and 14.
/// 2. SiLU behind a convolution: QuickGelu of ONNX Runtime, as fast as integer Sigmoid and Mul, and without the two roundings between
///    them. Kept where only standard operators may be written.
/// 3. GELU behind a convolution: Gelu, of the standard set from 20 on, else of ONNX Runtime.
/// 4. Kept where a value inside is read elsewhere too, and where alpha of a SiLU is no single number. Behind linear layers, whose
///    results are float, ONNX Runtime finds SiLU and GELU itself; not the GELU that torch.export writes, whose half is taken of the sum
///    inside (a vision transformer: 7 % of the time).
/// </summary>
internal static class JoinedActivations
{
    private const long HardSwishOpset = 14,
        GeluOpset = 20;

    private const string Microsoft = "com.microsoft";

    public static bool Apply(LoweringContext context)
    {
        bool changed = false;
        foreach (Node node in context.Graph.Nodes.ToArray())
        {
            if (Joined(context, node) is not { } joined)
                continue;
            (PatternMatch match, Node added) = joined;
            context.Replace([.. match.Nodes.Skip(1), node], added);
            changed = true;
        }

        if (context.Graph.Nodes.Exists(node => node.Is("HardSwish")) && context.Model.Opset < HardSwishOpset)
            SetVersion(context.Model, "", HardSwishOpset);
        if (changed && context.Graph.Nodes.Exists(node => node.Domain == Microsoft))
            SetVersion(context.Model, Microsoft, 1);
        return changed;
    }

    private static (PatternMatch Match, Node Added)? Joined(LoweringContext context, Node node)
    {
        if (KnownPatterns.HardSwish.Match(node, context.Index) is { } hardSwish)
            return (hardSwish, new Node("HardSwish", [hardSwish.Values["x"]], node.Outputs, node.Name));
        if (
            !context.StandardOnly
            && KnownPatterns.Silu.Match(node, context.Index) is { } silu
            && AlphaOf(silu, context) is { } alpha
            && MayReadIntegers(context, silu.Values["x"])
        )
        {
            Node quick = new("QuickGelu", [silu.Values["x"]], node.Outputs, node.Name, Microsoft);
            quick.Set(NodeAttribute.Of("alpha", alpha));
            return (silu, quick);
        }

        return Gelu(context, node, KnownPatterns.Gelu, "none", "Gelu") ?? Gelu(context, node, KnownPatterns.TanhGelu, "tanh", "FastGelu");
    }

    private static (PatternMatch Match, Node Added)? Gelu(
        LoweringContext context,
        Node node,
        GraphPattern pattern,
        string approximation,
        string microsoftType
    )
    {
        bool isStandard = context.Model.Opset >= GeluOpset;
        if (!isStandard && context.StandardOnly || pattern.Match(node, context.Index) is not { } match)
            return null;
        string x = match.Values["x"];
        if (!MayReadIntegers(context, x) && IsFoundByRuntime(context, match))
            return null;
        if (!isStandard)
            return (match, new Node(microsoftType, [x], node.Outputs, node.Name, Microsoft));
        Node gelu = new("Gelu", [x], node.Outputs, node.Name);
        gelu.Set(NodeAttribute.Of("approximate", approximation));
        return (match, gelu);
    }

    /// <summary>A convolution, or a sum, product or Concat of what such made.</summary>
    private static bool MayReadIntegers(LoweringContext context, string x) =>
        context.Index.ProducerOf(x) is { } maker
        && (
            maker.Is("Conv")
            || (maker.Is("Add") || maker.Is("Mul") || maker.Is("Concat"))
                && maker.Inputs.Any(input => context.Index.ProducerOf(input)?.Is("Conv") == true)
        );

    /// <summary>ONNX Runtime knows x * (1 + ...) * 0.5 and (x * 0.5) * (1 + ...) alone.</summary>
    private static bool IsFoundByRuntime(LoweringContext context, PatternMatch gelu)
    {
        string x = gelu.Values["x"];
        bool isHalved = gelu.Nodes.Any(node =>
            node.Is("Mul")
            && node.Inputs.Any(input => context.Index.ConstantOf(input) is { ElementCount: 1 } half && half.Values<float>()[0] == 0.5f)
        );
        return isHalved && !gelu.Nodes[0].Inputs.Contains(x);
    }

    private static float? AlphaOf(PatternMatch silu, LoweringContext context) =>
        !silu.Values.TryGetValue("alpha", out string? name) ? 1f
        : context.Index.ConstantOf(name) is { Type: ElementType.Float, ElementCount: 1 } alpha ? alpha.Values<float>()[0]
        : null;

    private static void SetVersion(OnnxModel model, string domain, long version)
    {
        int known = model.OperatorSets.FindIndex(set => set.Domain == domain);
        if (known < 0)
            model.OperatorSets.Add(new OperatorSet(domain, version));
        else if (model.OperatorSets[known].Version < version)
            model.OperatorSets[known] = new OperatorSet(domain, version);
    }
}
