using Quantizer.Graphs;

namespace Quantizer.Normalization.Unfusing;

/// <summary>
/// Rows of tables, looked up by words, positions and segments, summed and normalized. Inputs: words [B, S], segments, the tables of
/// words, positions and segments, gamma, beta, mask [B, S], positions. Outputs: the result, how many positions of each sample count,
/// and the sum. Kept where those numbers are read and there is no mask.
/// </summary>
internal static class FusedEmbeddings
{
    private const int SegmentInput = 1,
        SegmentTable = 4,
        MaskInput = 7,
        PositionInput = 8;

    public static string? TakeApart(Node node, Replacement replacement, GraphEdit edit)
    {
        string counts = node.Outputs.ElementAtOrDefault(1) ?? "",
            wantedSum = node.Outputs.ElementAtOrDefault(2) ?? "";
        bool isCounted = counts.Length > 0 && (edit.Index.IsOutput(counts) || edit.Index.ReadersOf(counts).Count > 0);
        if (isCounted && !Has(node, MaskInput))
            return null;
        string words = replacement.Add("Gather", [node.Inputs[2], node.Inputs[0]]);
        string places = Has(node, PositionInput) ? node.Inputs[PositionInput] : replacement.AddPositions(node.Inputs[0]);
        string sum = replacement.Add("Add", [words, replacement.Add("Gather", [node.Inputs[3], places])]);
        if (Has(node, SegmentInput) && Has(node, SegmentTable))
            sum = replacement.Add("Add", [sum, replacement.Add("Gather", [node.Inputs[SegmentTable], node.Inputs[SegmentInput]])]);
        string result = FusedNormalizations.AddLayer(sum, node.Inputs[5], node.Inputs[6], node, replacement, edit);
        if (isCounted)
            replacement.Name(AddCounts(node, replacement, edit), counts);
        if (wantedSum.Length > 0)
            replacement.Name(sum, wantedSum);
        return result;
    }

    /// <summary>As ONNX Runtime's kernel counts: ones, wherever they stand.</summary>
    private static string AddCounts(Node node, Replacement replacement, GraphEdit edit)
    {
        string one = edit.AddConstant(Tensor.FromInt32s($"{node.Outputs[0]}_one", [], [1])),
            axes = edit.AddConstant(Tensor.FromInt64s($"{node.Outputs[0]}_axes", [1], [1L]));
        string counts = replacement.Add("Equal", [node.Inputs[MaskInput], one]);
        string ones = replacement.Add("Cast", [counts], NodeAttribute.Of("to", (long)ElementType.Int32));
        return replacement.Add("ReduceSum", [ones, axes], NodeAttribute.Of("keepdims", 0L));
    }

    private static bool Has(Node node, int input) => node.Inputs.Count > input && node.Inputs[input].Length > 0;
}
