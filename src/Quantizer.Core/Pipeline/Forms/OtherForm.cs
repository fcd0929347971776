using System.Globalization;
using Quantizer.Placement;
using Quantizer.Work;

namespace Quantizer.Pipeline.Forms;

/// <summary>A form of the whole network that may serve it better than integers with fixed ranges.</summary>
/// <param name="Why">For the nodes that stay in float because of it; null: each has its own reason.</param>
/// <param name="CostDb">What it must gain at the outputs to be worth what it costs in speed.</param>
internal sealed record OtherForm(ActivationMode Mode, string? Why, double CostDb = 0)
{
    /// <summary>Below this an output is more noise than signal to whoever reads it: MobileNetV3 keeps 0.5 dB and a third of its
    /// answers.</summary>
    private const double HopelessDb = 10;

    /// <summary>Of the work of all nodes in integers: what linear layers do less than this is not worth a second search.</summary>
    private const double LeastLinearShare = 0.3;

    /// <summary>Of the same: what has no kernel for ranges of each run may compute in float where it does no more.</summary>
    private const double MostFloatShare = 0.25;

    /// <summary>What convolutions in float, or with ranges of each run, must gain: they no longer hand on integers. One over the bytes of
    /// files costs its network 8 % of the speed so, and gains 14 dB.</summary>
    private const double ConvolutionsCostDb = 3;

    /// <summary>Of what keeps so much at the outputs nobody gives speed for more: convolutions over signals lost a quarter of it for
    /// 1 dB.</summary>
    public const double PlentyDb = 35;

    /// <summary>Forms to try in this order where values between linear layers become float anyhow, as in transformers: ranges taken in
    /// each run cost nothing there that fixed ones would save. Convolutions beside them follow where the outputs need it, or keep their
    /// fixed ranges.</summary>
    /// <param name="work">Of the placed model's nodes.</param>
    /// <param name="sqnrDb">Signal over error that a plan with fixed ranges keeps at the outputs.</param>
    public static IReadOnlyList<OtherForm> InEachRun(PlacedModel placed, WorkCount work, double sqnrDb)
    {
        string[] integers = [.. placed.Sites.Weights.Select(site => site.Node).Distinct()];
        if (integers.Length == 0 || !KeptWhole.IsIn(placed.Lowered.Graph, placed.Target))
            return [];
        HashSet<string> inEachRun = DynamicIn(ActivationMode.Dynamic),
            linear = DynamicIn(ActivationMode.Mixed);
        if (integers.All(linear.Contains))
            return [new OtherForm(ActivationMode.Dynamic, null)];
        double all = Math.Max(1, WorkOf(integers));
        List<OtherForm> forms = [];
        if (sqnrDb < PlentyDb && WorkOf(integers.Where(inEachRun.Contains)) / all >= 1 - MostFloatShare)
            forms.Add(new OtherForm(ActivationMode.Dynamic, null, ConvolutionsCostDb));
        if (WorkOf(integers.Where(linear.Contains)) / all >= LeastLinearShare)
            forms.Add(new OtherForm(ActivationMode.Mixed, null));
        return forms;

        HashSet<string> DynamicIn(ActivationMode mode) =>
            [.. Placer.WithActivations(placed, mode, null).Sites.Dynamic.Select(site => site.Node)];

        long WorkOf(IEnumerable<string> nodes) => nodes.Sum(node => work[node] ?? 0);
    }

    /// <summary>Weights that are only stored, where 8 bits leave nothing of a network with gates, which gain no speed; null: that is not
    /// so.</summary>
    /// <param name="sqnrDb">Signal over error that the best plan with fixed ranges keeps at the outputs.</param>
    public static OtherForm? OnlyStored(PlacedModel placed, double sqnrDb) =>
        sqnrDb < HopelessDb && Gates.AreIn(placed.Lowered.Graph)
            ? new OtherForm(
                ActivationMode.None,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"in 8 bits the activations of this network leave {sqnrDb:0.0} dB at its outputs, and its gates keep integers from being faster"
                )
            )
            : null;

    /// <summary>--activations dynamic</summary>
    public string Name => $"--activations {ActivationWords.Modes.WordOf(Mode)}";

    /// <summary>"Tried --activations dynamic: 38.7 dB at the outputs, 36.8 dB with fixed ranges; taken."</summary>
    public string Outcome(double staticDb, double? thisDb, bool isTaken)
    {
        string found = thisDb is { } db ? string.Create(CultureInfo.InvariantCulture, $"{db:0.0} dB at the outputs") : "does not run";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Tried {Name}: {found}, {staticDb:0.0} dB with fixed ranges; {(isTaken ? "taken" : "not taken")}."
        );
    }
}
