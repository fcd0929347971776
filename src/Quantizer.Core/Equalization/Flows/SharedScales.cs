using Quantizer.Equalization.Channels;
using Quantizer.Graphs;

namespace Quantizer.Equalization.Flows;

/// <summary>
/// Layers that share their weights get scales that leave them one tensor: a network whose layers are one block run many times would
/// otherwise be written as large as if they were not shared.
/// </summary>
internal static class SharedScales
{
    /// <summary>A copy of fewer values, such as a bias, costs nothing that anybody notices, and leaves scales free.</summary>
    private const long FewValues = 4096;

    /// <summary>Unites the scales that would be taken up by one constant for several of its readers, and locks them where another reader
    /// takes none up.</summary>
    public static void Unite(Graph graph, FlowScope scope)
    {
        Dictionary<string, int> reads = graph
            .Nodes.SelectMany(GraphIndex.ReadBy)
            .GroupBy(name => name)
            .ToDictionary(group => group.Key, group => group.Count());
        foreach (IGrouping<string, Absorption> sharing in scope.Absorptions.GroupBy(absorption => absorption.Node.Inputs[absorption.Input]))
        {
            if (reads[sharing.Key] < 2 || scope.Index.ConstantOf(sharing.Key) is not { ElementCount: >= FewValues })
                continue;
            Absorption[] readers = [.. sharing];
            bool areAll = readers.Length == reads[sharing.Key];
            Unite(scope, [.. readers.Select(reader => reader.Times)], areAll);
            Unite(scope, [.. readers.Select(reader => reader.By)], areAll);
        }
    }

    private static void Unite(FlowScope scope, ChannelLayout?[] layouts, bool areAll)
    {
        bool areAlike = areAll && layouts.All(layout => layout is not null && layout.Sizes.SequenceEqual(layouts[0]!.Sizes));
        foreach (ChannelLayout layout in layouts.OfType<ChannelLayout>())
        {
            if (!areAlike)
                scope.Lock(layout);
            else
                scope.Unite(layouts[0]!, layout);
        }
    }
}
