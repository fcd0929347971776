using Quantizer.Equalization.Channels;
using Quantizer.Equalization.Flows;
using Quantizer.Equalization.Modelling;
using Quantizer.Equalization.Writing;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Ranges.Planning;
using Quantizer.Samples;
using Quantizer.Work;

namespace Quantizer.Equalization;

/// <summary>A placed model, prepared for scales.</summary>
/// <param name="Placed">With a multiplication in front of each layer whose input could take up none otherwise.</param>
/// <param name="Flow">How its channels hang together.</param>
/// <param name="Reads">What of it is rounded.</param>
/// <param name="Inserted">The multiplications.</param>
/// <param name="Plan">The plan selected without scales.</param>
internal sealed record Ground(PlacedModel Placed, ChannelFlow Flow, QuantizedReads Reads, InsertedScales Inserted, QuantizationPlan Plan)
{
    /// <summary>The variables of the multiplications.</summary>
    public IReadOnlySet<int> InsertedVariables { get; } =
        Inserted.Nodes.Keys.SelectMany(name => Flow.LayoutOf(name)!.Variables).Select(Flow.Variables.Root).ToHashSet();

    /// <summary>Whether any channel can be scaled.</summary>
    public bool HasFreedom => Reads.Layouts.Values.Any(layout => !layout.IsUniform && !layout.Variables.All(Flow.Variables.IsLocked));

    /// <summary>Whether no convolution reads what is rounded.</summary>
    public bool IsLinear => Reads.Layouts.Keys.SelectMany(Reads.LayersOf).All(layer => !layer.Node.Is("Conv"));

    public static Ground Of(PlacedModel placed, QuantizationPlan plan, Sample sample)
    {
        NormalizedModel lowered = placed.Lowered;
        Func<string, IReadOnlyList<long>?> shapes = SampleShapes.Of(lowered.Model, lowered.SampleTensors, sample.Inputs, _ => true);
        (ChannelFlow flow, QuantizedReads reads) = Followed(placed, shapes);
        HashSet<string> floats =
        [
            .. placed.Sites.Nodes.Where(node => node.Form is NodeForm.Float or NodeForm.Stored).Select(node => node.Node),
        ];
        GraphIndex index = new(placed.Lowered.Graph);
        Dictionary<string, LayerWeights> stuck = reads
            .Layouts.Keys.Where(tensor =>
                index.ProducerOf(tensor) is { } maker
                && floats.Contains(maker.Name)
                && flow.LayoutOf(tensor)!.Variables.All(flow.Variables.IsLocked)
                && reads.LayersOf(tensor).Count > 0
            )
            .ToDictionary(tensor => tensor, tensor => reads.LayersOf(tensor)[0]);
        ILookup<string, string> readers = stuck
            .Keys.SelectMany(tensor => reads.LayersOf(tensor).Select(layer => (Tensor: tensor, layer.Node.Name)))
            .ToLookup(read => read.Tensor, read => read.Name);
        InsertedScales inserted = InsertedScales.Before(placed.Lowered, stuck, readers);
        if (stuck.Count == 0)
            return new Ground(placed, flow, reads, inserted, plan);
        PlacedModel prepared = Placer.WithLowered(placed, inserted.Model);
        // A multiplication changes no shape: running the model for them once is enough.
        Dictionary<string, IReadOnlyList<long>> constants = inserted.Model.Graph.Initializers.ToDictionary(
            constant => constant.Name,
            constant => constant.Dimensions
        );
        (flow, reads) = Followed(
            prepared,
            tensor => constants.GetValueOrDefault(tensor) ?? shapes(inserted.Nodes.GetValueOrDefault(tensor, tensor))
        );
        return new Ground(prepared, flow, reads, inserted, plan);
    }

    /// <summary>The placed model with scales; null where constants would not stay finite.</summary>
    public PlacedModel? With(ChannelScales scales) =>
        ScaledModel.Of(Placed.Lowered.Model, Flow, scales) is { } scaled ? Placer.WithLowered(Placed, Inserted.Without(scaled)) : null;

    /// <summary>The range that a tensor has without scales: what a multiplication gives has that of what it reads.</summary>
    public ActivationPlan? RangeOf(string source) => Plan.Activations.GetValueOrDefault(Inserted.Nodes.GetValueOrDefault(source, source));

    /// <summary>The rounded activations whose channels scales change.</summary>
    public IReadOnlyList<string> ScaledBy(ChannelScales scales) =>
        [.. Reads.Layouts.Where(tensor => tensor.Value.Variables.Any(variable => scales[variable] != 1)).Select(tensor => tensor.Key)];

    private static (ChannelFlow Flow, QuantizedReads Reads) Followed(PlacedModel placed, Func<string, IReadOnlyList<long>?> shapes)
    {
        ChannelFlow flow = ChannelFlow.Of(placed.Lowered.Graph, tensor => tensor.Length == 0 ? null : shapes(tensor));
        return (flow, QuantizedReads.Of(placed, flow));
    }
}
