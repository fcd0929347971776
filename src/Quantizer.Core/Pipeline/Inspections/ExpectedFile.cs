using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Isolation;
using Quantizer.Placement;
using Quantizer.Reporting.Inspections;

namespace Quantizer.Pipeline.Inspections;

/// <summary>The INT8 model as it would be written, but for the numbers of its activations, which take the same bytes whatever they
/// are.</summary>
/// <param name="Model">It opens and runs; its answers are worth nothing.</param>
internal sealed record ExpectedFile(OnnxModel Model, PlacedModel Placed)
{
    /// <summary>Null where there is nothing to quantize, or a weight keeps it from being done.</summary>
    public static ExpectedFile? Of(PlacedModel placed)
    {
        if (placed.Sites.IsEmpty)
            return null;
        try
        {
            return new ExpectedFile(TrialRun.Quantized(placed.Lowered.Model, placed.Sites), placed);
        }
        catch (QuantizationException)
        {
            // Weights that are no numbers: a finding of the inspection says so.
            return null;
        }
    }

    /// <param name="source">The model that would be quantized.</param>
    public ExpectedModel Describe(OnnxModel source)
    {
        Dictionary<string, Tensor> floats = Placed.Lowered.Graph.Initializers.ToDictionary(tensor => tensor.Name);
        // Of rows that are looked up only those become float; all other stored weights do when the file is loaded.
        long unpacked = Placed
            .Sites.Stored.Where(site => site.Gathers.Count == 0 && site.Blocks is null)
            .Sum(site => Unpacked(site.Tensor));
        return new ExpectedModel(OnnxFile.SizeOf(Model), BytesOf(source.Graph), BytesOf(Model.Graph) + unpacked);

        long Unpacked(string tensor) => floats.TryGetValue(tensor, out Tensor? stored) ? stored.Data.Length - stored.ElementCount : 0;
    }

    /// <summary>Of all constants, those in bodies included.</summary>
    private static long BytesOf(Graph graph) =>
        graph.Initializers.Sum(tensor => (long)tensor.Data.Length)
        + graph.Nodes.Sum(node =>
            node.Attributes.Sum(attribute => attribute.Value is AttributeValue.OfTensor constant ? (long)constant.Value.Data.Length : 0)
            + node.Subgraphs.Sum(BytesOf)
        );
}
