using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>
/// Initializers that are listed as graph inputs too are defaults a caller may override, so nothing that depends on them could be
/// folded or quantized.
/// 1. Where weights of layers are among them, an exporter listed all it had: they are taken off the inputs and become constants. So
///    in files of IR 3 and older, which had to list them.
/// 2. Else they are meant: they stay inputs with a default.
/// 3. The IR version becomes at least the one that belongs to the opset: IR 3 does not allow unlisted initializers.
/// </summary>
internal static class FixedInitializers
{
    /// <summary>From this IR version on an initializer need not be a graph input.</summary>
    private const long UnlistedIrVersion = 4;

    private static readonly string[] Layers = ["BatchNormalization", "Conv", "ConvTranspose", "GRU", "Gemm", "LSTM", "MatMul", "RNN"];

    public static bool Apply(GraphEdit edit)
    {
        HashSet<string> initializers = [.. edit.Graph.Initializers.Select(tensor => tensor.Name)];
        string[] listed = [.. edit.Graph.Inputs.Select(input => input.Name).Where(initializers.Contains)];
        if (listed.Length == 0)
            return false;
        if (edit.Model.IrVersion >= UnlistedIrVersion && !listed.Any(name => IsWeight(name, edit.Index)))
        {
            edit.Note($"inputs with a default stay inputs: '{string.Join("', '", listed)}'");
            return false;
        }
        edit.Graph.Inputs.RemoveAll(input => initializers.Contains(input.Name));
        edit.Model.IrVersion = Math.Max(edit.Model.IrVersion, IrVersions.For(edit.Model.Opset));
        edit.Edited();
        edit.Note($"{listed.Length} initializers are no longer graph inputs");
        return true;
    }

    private static bool IsWeight(string name, GraphIndex index) =>
        index.ReadersOf(name).Any(reader => Layers.Contains(reader.OpType) && reader.Inputs.IndexOf(name) > 0);
}
