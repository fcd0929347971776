using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement.Contract;

namespace Quantizer.Placement;

/// <summary>
/// Decides where quantization happens. A weighted node runs on integers when its rule says that it pays; every other node
/// does when it lies on a path from one such node to another, so that the values between them never become float. What comes
/// before the first and after the last of them (decoding, pooling, softmax) stays in float, where precision costs no time.
/// </summary>
internal static class Placer
{
    /// <summary>Lowers the model for the target and places it.</summary>
    /// <exception cref="QuantizationException">A pattern of the options matches nothing in the model.</exception>
    public static PlacedModel Place(NormalizedModel model, Target target, PlacementOptions? options = null)
    {
        options ??= PlacementOptions.Default;
        NormalizedModel lowered = target.Lower(model, options);
        PlacementOptions wishes = options with { Float = Merged(options.Float, DefaultInputs.DependentsIn(lowered.Graph)) };
        return new PlacedModel(
            model,
            lowered,
            Place(lowered.Graph, lowered.SampleTensors, target, wishes, UserNamesIn(lowered), OperatorsOf(model)),
            wishes
        );
    }

    /// <summary>The same model with these nodes in float too, for these reasons.</summary>
    public static PlacedModel WithFloat(PlacedModel placed, IReadOnlyDictionary<string, string> reasons) =>
        With(placed, placed.Options with { Float = Merged(placed.Options.Float, reasons) });

    /// <summary>The same model with the arithmetic of these nodes in float, their weights stored as integers where that is worth
    /// it.</summary>
    public static PlacedModel WithStored(PlacedModel placed, IReadOnlyDictionary<string, string> reasons) =>
        With(placed, placed.Options with { Stored = Merged(placed.Options.Stored, reasons) });

    /// <summary>The same model with ranges of activations from elsewhere, and weights that are stored in 8 bits. What was lowered for
    /// integers only is not where there are to be none.</summary>
    /// <param name="why">For nodes that stay in float because of that.</param>
    public static PlacedModel WithActivations(PlacedModel placed, ActivationMode mode, string? why)
    {
        PlacementOptions options = placed.Options with { Activations = mode, WhyActivations = why, Storage = WeightStorage.Int8 };
        return mode == ActivationMode.None ? Place(placed.Source, placed.Target, options) : With(placed, options);
    }

    /// <summary>Another model in the place of the lowered one, which computes the same.</summary>
    public static PlacedModel WithLowered(PlacedModel placed, NormalizedModel lowered) =>
        With(placed with { Lowered = lowered }, placed.Options);

    private static PlacedModel With(PlacedModel placed, PlacementOptions options) =>
        placed with
        {
            Options = options,
            Sites = Place(
                placed.Lowered.Graph,
                placed.Lowered.SampleTensors,
                placed.Target,
                options,
                UserNamesIn(placed.Lowered),
                OperatorsOf(placed.Source)
            ),
        };

    /// <param name="tensors">Types and shapes of the graph's tensors.</param>
    /// <param name="namesOf">All names the user may call a node by: its own and its outputs', as in the user's file.</param>
    /// <param name="joined">Operator types that the graph may have had before it was lowered.</param>
    /// <exception cref="QuantizationException">A pattern of the options matches nothing in the model.</exception>
    internal static QuantizationSites Place(
        Graph graph,
        IReadOnlyDictionary<string, TensorSignature> tensors,
        Target target,
        PlacementOptions options,
        Func<Node, IEnumerable<string>>? namesOf = null,
        HashSet<string>? joined = null
    )
    {
        GraphIndex index = new(graph);
        NameFilter filter = new(options, namesOf ?? (node => [node.Name, .. node.Outputs]));
        PatternMatches patterns = PatternMatches.Find(graph, index, target);
        FormDecisions decisions = FormDecisions.Make(graph, index, tensors, target, options, filter, patterns);
        if (filter.Unmatched.FirstOrDefault(word => joined?.Contains(word) != true) is { } pattern)
        {
            throw new QuantizationException(
                $"Pattern '{pattern}' matches no node, tensor or operator type of the model. Names are case-sensitive and may hold * and "
                    + $"?; 'quantize inspect MODEL' lists them."
            );
        }

        return new SiteBuilder(graph, index, tensors, target, decisions, patterns, options).Build();
    }

    private static HashSet<string> OperatorsOf(NormalizedModel model) =>
        new(model.Graph.Nodes.Select(node => node.OpType), StringComparer.OrdinalIgnoreCase);

    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> reasons, IReadOnlyDictionary<string, string> more)
    {
        Dictionary<string, string> all = new(reasons);
        foreach ((string node, string reason) in more)
            all[node] = reason;
        return all;
    }

    /// <summary>Every name the user may know a node by: its own, those of nodes merged into it, and its outputs'.</summary>
    private static Func<Node, IEnumerable<string>> UserNamesIn(NormalizedModel model) =>
        node =>
            [
                node.Name,
                .. model.UserNodes.GetValueOrDefault(node.Name, []),
                .. node.Outputs,
                .. node.Outputs.SelectMany(output => model.JoinedTensors.GetValueOrDefault(output, [])),
                .. node.Outputs.SelectMany(output => model.UserTensors.GetValueOrDefault(output, [])),
            ];
}
