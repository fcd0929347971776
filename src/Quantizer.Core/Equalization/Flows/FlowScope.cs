using Quantizer.Equalization.Channels;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>A graph while its channels are followed.</summary>
internal sealed class FlowScope(Graph graph, Func<string, IReadOnlyList<long>?> shapes)
{
    public GraphIndex Index { get; } = new(graph);

    public ChannelVariables Variables { get; } = new();

    public Dictionary<string, ChannelLayout> Layouts { get; } = [];

    public List<Absorption> Absorptions { get; } = [];

    /// <summary>A float constant input of a node; null for everything else.</summary>
    public Tensor? Constant(Node node, int input) =>
        input < node.Inputs.Count && Index.ConstantOf(node.Inputs[input]) is { Type: ElementType.Float } constant ? constant : null;

    /// <summary>A constant int64 input of a node; null for everything else.</summary>
    public IReadOnlyList<long>? Integers(Node node, int input) =>
        input < node.Inputs.Count && Index.ConstantOf(node.Inputs[input]) is { Type: ElementType.Int64 } constant
            ? [.. constant.Values<long>()]
            : null;

    public bool IsConstant(string tensor) => Index.ConstantOf(tensor) is not null;

    public static bool Has(Node node, int input) => input < node.Inputs.Count && node.Inputs[input].Length > 0;

    /// <summary>The shape of a tensor for one sample; null where it is not known.</summary>
    public IReadOnlyList<long>? Shape(string tensor) => shapes(tensor);

    /// <summary>The layout of a tensor: of graph inputs and constants the locked one.</summary>
    /// <returns>Null where not even the rank is known.</returns>
    public ChannelLayout? Layout(string tensor) =>
        Layouts.TryGetValue(tensor, out ChannelLayout? layout) ? layout
        : Shape(tensor) is { } shape ? ChannelLayout.Uniform(shape.Count, ChannelVariables.Locked)
        : null;

    public void Set(string output, ChannelLayout layout) => Layouts[output] = layout;

    public void SetLocked(string output)
    {
        if (Shape(output) is { } shape)
            Set(output, ChannelLayout.Uniform(shape.Count, ChannelVariables.Locked));
    }

    /// <summary>New variables for the channels of an output.</summary>
    public ChannelLayout SetNew(string output, int rank, int axis, int channels)
    {
        ChannelLayout layout = ChannelLayout.Along(rank, axis, Variables.New(channels));
        Set(output, layout);
        return layout;
    }

    public void Lock(string tensor)
    {
        if (Layouts.TryGetValue(tensor, out ChannelLayout? layout))
            Lock(layout);
    }

    public void Lock(ChannelLayout layout)
    {
        foreach (int variable in layout.Variables)
            Variables.Unite(variable, ChannelVariables.Locked);
    }

    /// <summary>Two layouts of the same sizes get the same scales.</summary>
    public void Unite(ChannelLayout one, ChannelLayout other)
    {
        foreach ((int first, int second) in one.Variables.Zip(other.Variables))
            Variables.Unite(first, second);
    }

    public bool IsLocked(ChannelLayout layout) => layout.Variables.All(Variables.IsLocked);

    /// <summary>All values of a tensor get the same scale along every axis but one.</summary>
    /// <returns>The variables along that axis, or the one of all values.</returns>
    public IReadOnlyList<int>? Along(ChannelLayout layout, int axis) => layout.IsUniform || layout.Axis == axis ? layout.Variables : null;

    public void Absorb(Node node, int input, IReadOnlyList<long> shape, ChannelLayout? times, ChannelLayout? by) =>
        Absorptions.Add(new Absorption(node, input, shape, times, by));
}
