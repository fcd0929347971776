using Quantizer.Graphs;

namespace Quantizer.Patterns;

/// <summary>A tensor of a pattern: made by an operator, a constant, or anything under a name.</summary>
internal abstract class PatternNode
{
    /// <summary>Any tensor; the same wherever the name appears.</summary>
    public static PatternNode Value(string name) => new NamedValue(name);

    /// <summary>A constant; the same wherever the name appears.</summary>
    public static PatternNode Constant(string name) => new NamedConstant(name);

    /// <summary>A constant of one value.</summary>
    public static PatternNode Number(float value) => new ConstantNumber(value);

    /// <summary>
    /// What a standard operator makes of these inputs, in any order where it is commutative. Inputs that the pattern does not
    /// name must be constants (the axes of a reduction).
    /// </summary>
    public static PatternNode Made(string opType, params PatternNode[] inputs) => new MadeValue("", opType, _ => true, inputs);

    /// <summary>The same, where the node's attributes are as they must be.</summary>
    public static PatternNode MadeWhere(string opType, Func<Node, bool> attributes, params PatternNode[] inputs) =>
        new MadeValue("", opType, attributes, inputs);

    /// <summary>What an operator of another domain makes of these inputs.</summary>
    public static PatternNode MadeIn(string domain, string opType, params PatternNode[] inputs) =>
        new MadeValue(domain, opType, _ => true, inputs);

    /// <summary>One of several.</summary>
    public static PatternNode Either(params PatternNode[] choices) => new Choice(choices);

    internal abstract IEnumerable<MatchState> Match(string tensor, GraphIndex index, MatchState state);

    internal virtual IEnumerable<MatchState> MatchNode(Node node, GraphIndex index, MatchState state) => [];

    private sealed class NamedValue(string name) : PatternNode
    {
        internal override IEnumerable<MatchState> Match(string tensor, GraphIndex index, MatchState state) =>
            state.With(name, tensor) is { } next ? [next] : [];
    }

    private sealed class NamedConstant(string name) : PatternNode
    {
        internal override IEnumerable<MatchState> Match(string tensor, GraphIndex index, MatchState state) =>
            index.ConstantOf(tensor) is not null && state.With(name, tensor) is { } next ? [next] : [];
    }

    private sealed class ConstantNumber(float value) : PatternNode
    {
        /// <summary>Exporters write the square root of two with 4 to 9 digits.</summary>
        private const float Tolerance = 1e-3f;

        internal override IEnumerable<MatchState> Match(string tensor, GraphIndex index, MatchState state) =>
            index.ConstantOf(tensor) is { Type: ElementType.Float, ElementCount: 1 } constant
            && MathF.Abs(constant.Values<float>()[0] - value) <= Tolerance * MathF.Abs(value)
                ? [state]
                : [];
    }

    private sealed class Choice(PatternNode[] choices) : PatternNode
    {
        internal override IEnumerable<MatchState> Match(string tensor, GraphIndex index, MatchState state) =>
            choices.SelectMany(choice => choice.Match(tensor, index, state));

        internal override IEnumerable<MatchState> MatchNode(Node node, GraphIndex index, MatchState state) =>
            choices.SelectMany(choice => choice.MatchNode(node, index, state));
    }

    private sealed class MadeValue(string domain, string opType, Func<Node, bool> attributes, PatternNode[] inputs) : PatternNode
    {
        private static readonly HashSet<string> Commutative = ["Add", "Mul", "Min", "Max"];

        internal override IEnumerable<MatchState> Match(string tensor, GraphIndex index, MatchState state) =>
            index.ProducerOf(tensor) is { } node ? MatchNode(node, index, state) : [];

        internal override IEnumerable<MatchState> MatchNode(Node node, GraphIndex index, MatchState state)
        {
            if (node.OpType != opType || node.Domain != domain || node.Inputs.Count < inputs.Length || !attributes(node))
                return [];
            if (!node.Inputs.Skip(inputs.Length).All(input => input.Length == 0 || index.ConstantOf(input) is not null))
                return [];
            IEnumerable<MatchState> found = InOrder(inputs, node, index, state.With(node));
            return inputs.Length == 2 && Commutative.Contains(opType)
                ? found.Concat(InOrder([inputs[1], inputs[0]], node, index, state.With(node)))
                : found;
        }

        private static IEnumerable<MatchState> InOrder(PatternNode[] inputs, Node node, GraphIndex index, MatchState state)
        {
            IEnumerable<MatchState> states = [state];
            for (int i = 0; i < inputs.Length; i++)
            {
                (PatternNode input, string tensor) = (inputs[i], node.Inputs[i]);
                states = states.SelectMany(before => input.Match(tensor, index, before));
            }
            return states;
        }
    }
}
