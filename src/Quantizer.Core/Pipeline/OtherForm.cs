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
        if (IsTransformer(placed))
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

    /// <summary>"Tried --activations dynamic: 38.7 dB at the outputs, 36.8 dB with fixed ranges; taken."</summary>
    public string Outcome(double staticDb, double? thisDb, bool isTaken)
    {
        string found = thisDb is { } db ? string.Create(CultureInfo.InvariantCulture, $"{db:0.0} dB at the outputs") : "does not run";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Tried --activations {ActivationWords.Modes.WordOf(Mode)}: {found}, {staticDb:0.0} dB with fixed ranges; {(isTaken ? "taken" : "not taken")}."
        );
    }

    /// <summary>Linear layers between which values become float anyhow: ranges taken in each run cost nothing there that fixed ones would
    /// save.</summary>
    private static bool IsTransformer(PlacedModel placed)
    {
        HashSet<string> weighted = [.. placed.Sites.Weights.Select(site => site.Node)];
        return weighted.Count > 0
            && placed
                .Lowered.Graph.Nodes.Where(node => weighted.Contains(node.Name))
                .All(node => placed.Target.RuleOf(node)!.Forms.Any(form => form.Form == NodeForm.Dynamic))
            && KeptWhole.IsIn(placed.Lowered.Graph, placed.Target);
    }
}
