using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Isolation;

/// <summary>
/// A placement whose quantized model opens and runs: what stands in the way of that stays in float. Models that the runtime's
/// optimizer breaks as soon as a part of them is quantized thus lose that part, and not the run.
/// </summary>
/// <param name="Float">The nodes left in float for this, with the reasons.</param>
internal sealed record RunnablePlacement(PlacedModel Placed, IReadOnlyDictionary<string, string> Float)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <param name="placed">The placement to try.</param>
    /// <param name="inputs">A sample that the model takes; null: there is none, and the placement is taken as it is.</param>
    public static RunnablePlacement Of(PlacedModel placed, IReadOnlyDictionary<string, TensorValue>? inputs)
    {
        if (inputs is null || placed.Sites.IsEmpty)
            return new RunnablePlacement(placed, Nothing);
        OnnxModel model = placed.Lowered.Model;
        FailureIsolation isolation = new(
            nodes =>
                TrialRun.FailureOf(
                    model,
                    Placer.WithFloat(placed, nodes.Distinct().ToDictionary(node => node, _ => "on trial")).Sites,
                    inputs
                ),
            placed.Sites.WeightedNodes,
            new Suspects(model.Graph).Of
        );
        // With nothing quantized it fails, too: whoever runs the model next says what is wrong with it or the sample.
        if (isolation.Find() is not { Count: > 0 } found)
            return new RunnablePlacement(placed, Nothing);
        Dictionary<string, string> reasons = found.ToDictionary(node => node.Key, node => ReasonOf(node.Value, placed));
        return new RunnablePlacement(Placer.WithFloat(placed, reasons), reasons);
    }

    /// <summary>The placement without what makes a finished plan's model fail, though one with other numbers ran: at worst without
    /// anything.</summary>
    /// <param name="failure">What the runtime said.</param>
    public RunnablePlacement Without(string failure)
    {
        string[] integers = [.. Placed.Sites.Nodes.Where(node => node.Form != NodeForm.Float).Select(node => node.Node)];
        string[] named = [.. new Suspects(Placed.Lowered.Graph).Of(failure).LastOrDefault(integers).Intersect(integers)];
        return With((named.Length > 0 ? named : integers).ToDictionary(node => node, _ => ReasonOf(failure, Placed)));
    }

    /// <summary>The placement with the arithmetic of further nodes in float, because of their activations: their weights may be stored as
    /// integers.</summary>
    /// <param name="reasons">By node.</param>
    public RunnablePlacement WithStored(IReadOnlyDictionary<string, string> reasons) =>
        new(Placer.WithStored(Placed, reasons), Told(reasons));

    private RunnablePlacement With(IReadOnlyDictionary<string, string> reasons) => new(Placer.WithFloat(Placed, reasons), Told(reasons));

    private Dictionary<string, string> Told(IReadOnlyDictionary<string, string> reasons)
    {
        Dictionary<string, string> all = new(Float);
        foreach ((string node, string reason) in reasons)
            all.TryAdd(node, reason);
        return all;
    }

    /// <summary>What fails has an internal name here, which says nothing to the user; the words behind it do.</summary>
    private static string ReasonOf(string failure, PlacedModel placed) =>
        $"{placed.Target.Runtime} does not run the model with it in integers: "
        + $"{failure[(failure.IndexOf(": ", StringComparison.Ordinal) + 1)..].Trim().TrimEnd('.')}";
}
