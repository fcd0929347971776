using Quantizer.Graphs;

namespace Quantizer.Placement;

/// <summary>Finds the tensors that are worth a <see cref="LayoutConvolution"/>.</summary>
internal static class LayoutFinder
{
    /// <summary>The depthwise integer kernel works on blocks of 16 channels.</summary>
    private const long DepthwiseBlock = 16;

    private const int PictureRank = 4, ChannelAxis = 1;

    public static IEnumerable<LayoutConvolution> Find(
        GraphIndex index, IReadOnlyDictionary<string, TensorSignature> tensors, IEnumerable<ActivationSite> activations, NodeDecisions decisions)
    {
        foreach (ActivationSite site in activations)
        {
            if (site.ForAllReaders || index.IsInput(site.Tensor)) continue;
            if (!tensors.TryGetValue(site.Tensor, out TensorSignature? signature) || signature.Shape is not { Count: PictureRank } shape) continue;
            if (shape[ChannelAxis].Size is not { } channels || channels % DepthwiseBlock != 0) continue;
            if (IntegerReaders(site.Tensor).Any(reader => reader.Is("Conv")) && LeadsToTwoAdds(site.Tensor)) yield return new LayoutConvolution(site.Tensor, (int)channels);
        }

        IEnumerable<Node> IntegerReaders(string tensor) => index.ReadersOf(tensor).Where(decisions.IsInteger);

        // The convolution costs what the transposes around one Add do; it pays from the second one on.
        bool LeadsToTwoAdds(string tensor) =>
            IntegerReaders(tensor).Any(add => add.Is("Add") && IntegerReaders(decisions.OutputBehind(add)).Any(next => next.Is("Add")));
    }
}
