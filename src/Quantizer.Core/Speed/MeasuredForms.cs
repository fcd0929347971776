using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;

namespace Quantizer.Speed;

/// <summary>
/// Which of the nodes with fixed ranges are to compute in integers so that the network takes the least time: each node costs what was
/// measured for it in the one form or the other, and each tensor between the two forms what it takes to round it or to turn it back. Two
/// sides and a price for every pair that is parted: that is a minimum cut.
/// </summary>
/// <param name="integers">Measured of the quantized model.</param>
/// <param name="floats">Measured of the model before it was quantized.</param>
/// <param name="elementsOf">The elements of a tensor for one sample; 0 where that is not known.</param>
internal sealed class MeasuredForms(PlacedModel placed, NodeTimes integers, NodeTimes floats, Func<string, long> elementsOf)
{
    /// <summary>Source: integers; sink: float.</summary>
    private const int Integers = 0,
        InFloat = 1,
        FirstNode = 2;

    /// <param name="caution">How many times what was measured it may cost to go from one form to the other.</param>
    public FastestForms Fastest(double caution)
    {
        Graph graph = placed.Lowered.Graph;
        HashSet<string> names = [.. placed.Sites.Nodes.Where(node => node.Form == NodeForm.Static).Select(node => node.Node)];
        Node[] nodes = [.. graph.Nodes.Where(node => names.Contains(node.Name))];
        Dictionary<Node, int> numbers = nodes.Select((node, i) => (node, i)).ToDictionary(pair => pair.node, pair => FirstNode + pair.i);
        Border[] borders = [.. BordersOf(graph, numbers)];
        double crossed = borders.Where(border => border.IsCrossedNow).Sum(border => (double)elementsOf(border.Tensor)),
            perElement = crossed > 0 ? caution * integers.Between / crossed : 0;
        MinimumCut cut = new(FirstNode + nodes.Length + (2 * borders.Length));
        foreach ((Node node, int number) in numbers)
        {
            cut.Add(number, InFloat, integers.Of(node.Name));
            cut.Add(Integers, number, floats.Of(node.Name));
        }
        for (int i = 0; i < borders.Length; i++)
            borders[i].AddTo(cut, FirstNode + nodes.Length + (2 * i), perElement * elementsOf(borders[i].Tensor));
        (double then, bool[] inIntegers) = cut.Find(Integers, InFloat);
        return new FastestForms(
            [.. nodes.Where(node => !inIntegers[numbers[node]]).Select(node => node.Name)],
            nodes.Sum(node => integers.Of(node.Name)) + (perElement * crossed),
            then
        );
    }

    /// <summary>The tensors at which an integer node meets another node, by the numbers of those; what is no such node is in
    /// float.</summary>
    private static IEnumerable<Border> BordersOf(Graph graph, Dictionary<Node, int> numbers)
    {
        GraphIndex index = new(graph);
        int NumberOf(Node? node) => node is not null && numbers.TryGetValue(node, out int number) ? number : InFloat;
        IEnumerable<string> tensors = graph
            .Inputs.Select(input => input.Name)
            .Concat(graph.Nodes.SelectMany(node => node.Outputs))
            .Where(tensor => tensor.Length > 0);
        foreach (string tensor in tensors)
        {
            int maker = NumberOf(index.ProducerOf(tensor));
            int[] readers =
            [
                .. index.ReadersOf(tensor).Select(NumberOf).Concat(index.IsOutput(tensor) ? [InFloat] : (IEnumerable<int>)[]).Distinct(),
            ];
            if (readers.Append(maker).Any(number => number != InFloat) && readers.Length > 0)
                yield return new Border(tensor, maker, readers);
        }
    }

    private sealed record Border(string Tensor, int Maker, int[] Readers)
    {
        public bool IsCrossedNow => Readers.Any(reader => (reader == InFloat) != (Maker == InFloat));

        /// <summary>However many read it in the other form, it is turned once.</summary>
        /// <param name="helper">The first of two numbers of its own.</param>
        public void AddTo(MinimumCut cut, int helper, double cost)
        {
            int back = helper,
                rounded = helper + 1;
            cut.Add(Maker, back, cost);
            cut.Add(rounded, Maker, cost);
            foreach (int reader in Readers)
            {
                // Whoever reads floats needs the tensor in float, whoever reads integers needs it in these.
                cut.Add(back, reader, double.PositiveInfinity);
                cut.Add(reader, rounded, double.PositiveInfinity);
            }
        }
    }
}
