namespace Quantizer.Graphs;

/// <summary>A model-local function: what calls of it stand for.</summary>
/// <param name="Overload">Tells functions of one domain and name apart; mostly empty.</param>
/// <param name="Inputs">Formal names; a call may give fewer.</param>
/// <param name="Outputs">Formal names, made by the nodes or inputs handed through.</param>
/// <param name="Defaults">Values of attributes that a call need not give.</param>
/// <param name="Nodes">The body. Its attributes may be <see cref="AttributeValue.Reference"/>s.</param>
internal sealed record ModelFunction(
    string Domain,
    string Name,
    string Overload,
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    IReadOnlyList<NodeAttribute> Defaults,
    IReadOnlyList<Node> Nodes,
    IReadOnlyList<OperatorSet> OperatorSets
);
