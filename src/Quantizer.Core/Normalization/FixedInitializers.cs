namespace Quantizer.Normalization;

/// <summary>
/// Initializers that are listed as graph inputs too are defaults a caller may override, so nothing that depends on them could be
/// folded or quantized.
/// 1. They are taken off the inputs and become constants. Files of IR 3 had to list them; no inference caller overrides weights.
/// 2. The IR version becomes at least the one that belongs to the opset: IR 3 does not allow unlisted initializers.
/// </summary>
internal static class FixedInitializers
{
    public static bool Apply(GraphEdit edit)
    {
        HashSet<string> initializers = [.. edit.Graph.Initializers.Select(tensor => tensor.Name)];
        int removed = edit.Graph.Inputs.RemoveAll(input => initializers.Contains(input.Name));
        if (removed == 0)
            return false;
        edit.Model.IrVersion = Math.Max(edit.Model.IrVersion, IrVersions.For(edit.Model.Opset));
        edit.Edited();
        edit.Note($"{removed} initializers are no longer graph inputs");
        return true;
    }
}
