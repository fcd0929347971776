using System.Globalization;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Pipeline;

/// <summary>A form of the whole network that may serve it better than integers with fixed ranges.</summary>
/// <param name="Why">For the nodes that stay in float because of it; null: each has its own reason.</param>
internal sealed record OtherForm(ActivationMode Mode, string? Why)
{
    /// <summary>Below this an output is more noise than signal to whoever reads it: MobileNetV3 keeps 0.5 dB and a third of its
    /// answers.</summary>
    private const double HopelessDb = 10;

    /// <summary>What to try beside fixed ranges; null: nothing.</summary>
    /// <param name="sqnrDb">Signal over error that the best plan with fixed ranges keeps at the outputs.</param>
    public static OtherForm? For(PlacedModel placed, double sqnrDb)
    {
        if (AreAllLinear(placed.Sites, placed))
            return new OtherForm(ActivationMode.Dynamic, null);
        return sqnrDb < HopelessDb && Gates.AreIn(placed.Lowered.Graph)
            ? new OtherForm(
                ActivationMode.None,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"in 8 bits the activations of this network leave {sqnrDb:0.0} dB at its outputs, and its gates keep integers from being faster"
                )
            )
            : null;
    }

    /// <summary>
    /// Linear layers that each turn float into integers and write float, as in transformers. Nothing passes integers on, so ranges taken
    /// in each run cost nothing that fixed ones would save.
    /// </summary>
    private static bool AreAllLinear(QuantizationSites sites, PlacedModel placed)
    {
        if (sites.Weights.Count == 0 || sites.Activations.Any(site => site.ForAllReaders))
            return false;
        HashSet<string> weighted = [.. sites.Weights.Select(site => site.Node)];
        return placed
            .Lowered.Graph.Nodes.Where(node => weighted.Contains(node.Name))
            .All(node => placed.Target.RuleOf(node)!.Forms.Any(form => form.Form == NodeForm.Dynamic));
    }
}
