using Quantizer.Graphs;

namespace Quantizer.Normalization.Opsets;

/// <summary>
/// Brings the standard operator set to at least the one asked for: <see cref="Target"/>, the first one with per-channel QuantizeLinear,
/// or <see cref="Blocks"/>, the first one with a scale per block of values.
/// 1. Nodes whose operator changed are rewritten to compute the same, those inside subgraphs included.
/// 2. Models of that set or a newer one stay as they are. Other domains' nodes and model-local functions are not touched.
/// 3. The IR version becomes at least the one that belongs to the set.
/// </summary>
internal static class OpsetUpgrade
{
    public const long Target = 13;
    public const long Blocks = 21;
    public const string Remedy = "Export the model anew with opset 13 or newer.";
    private const long Oldest = 7;

    /// <summary>The newest set ONNX Runtime 1.31 loads.</summary>
    private const long Newest = 26;

    /// <exception cref="QuantizationException">The operator set is older than 7 or newer than ONNX Runtime's.</exception>
    public static void CheckRange(OnnxModel model)
    {
        if (model.Opset == 0)
            throw new QuantizationException($"The model does not import the standard operator set (domain 'ai.onnx'). {Remedy}");
        if (model.Opset < Oldest)
        {
            throw new QuantizationException(
                $"The model uses operator set {model.Opset}; sets {Oldest} to {Newest} are supported. {Remedy}"
            );
        }

        if (model.Opset > Newest)
        {
            throw new QuantizationException(
                $"The model uses operator set {model.Opset}; ONNX Runtime reads sets up to {Newest}. Export the model with an opset of at "
                    + $"most {Newest}."
            );
        }
    }

    /// <exception cref="QuantizationException">A node cannot be upgraded; the message names it.</exception>
    public static bool Apply(GraphEdit edit, long least)
    {
        long opset = edit.Model.Opset,
            irVersion = edit.Model.IrVersion;
        if (opset < least)
        {
            edit.InferSignatures();
            int rewritten = Upgrade(new UpgradeScope(edit, edit.Graph, IsMain: true), opset, least);
            int standard = edit.Model.OperatorSets.FindIndex(set => set.Domain.Length == 0);
            edit.Model.OperatorSets[standard] = new OperatorSet("", least);
            edit.Edited();
            edit.Note($"operator set {opset} became {least}: {rewritten} nodes were rewritten");
        }
        edit.Model.IrVersion = Math.Max(irVersion, IrVersions.For(edit.Model.Opset));
        return opset < least || edit.Model.IrVersion != irVersion;
    }

    private static int Upgrade(UpgradeScope scope, long opset, long least)
    {
        int rewritten = 0;
        foreach (Node node in scope.Graph.Nodes.ToArray())
        {
            foreach (Graph subgraph in node.Subgraphs)
                rewritten += Upgrade(new UpgradeScope(scope.Edit, subgraph, IsMain: false), opset, least);
            if (node.Domain.Length > 0)
                continue;
            scope.Edit.Current = node;
            IReadOnlyList<OperatorUpgrade> rows =
                UpgradeTable.For(node.OpType, opset, least)
                ?? throw Refusals.Of(node, $"it is not an operator of sets {Oldest} to {least}", least);
            foreach (OperatorUpgrade row in rows)
                row.Apply(node, scope);
            if (rows.Count > 0)
                rewritten++;
        }
        return rewritten;
    }
}
