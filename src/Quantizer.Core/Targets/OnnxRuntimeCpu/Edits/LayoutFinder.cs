using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;

namespace Quantizer.Targets.OnnxRuntimeCpu.Edits;

/// <summary>Finds the tensors that are worth a <see cref="LayoutConvolution"/>.</summary>
internal static class LayoutFinder
{
    private const int PictureRank = 4,
        ChannelAxis = 1;

    public static IEnumerable<LayoutConvolution> Find(PlacedGraph placed)
    {
        GraphIndex index = placed.Index;
        foreach (ActivationSite site in placed.Activations.Values)
        {
            if (site.ForAllReaders || index.IsInput(site.Tensor))
                continue;
            if (
                !placed.Tensors.TryGetValue(site.Tensor, out TensorSignature? signature)
                || signature.Shape is not { Count: PictureRank } shape
            )
            {
                continue;
            }

            if (shape[ChannelAxis].Size is not { } channels || channels % KernelFacts.DepthwiseBlock != 0)
                continue;
            if (IntegerReaders(site.Tensor).Any(reader => reader.Is("Conv")) && LeadsToTwoAdds(site.Tensor))
                yield return new LayoutConvolution(site.Tensor, (int)channels);
        }

        IEnumerable<Node> IntegerReaders(string tensor) => index.ReadersOf(tensor).Where(placed.IsInteger);

        // The convolution costs what the transposes around one Add do; it pays from the second one on.
        bool LeadsToTwoAdds(string tensor) =>
            IntegerReaders(tensor).Any(add => add.Is("Add") && IntegerReaders(placed.OutputBehind(add)).Any(next => next.Is("Add")));
    }
}
