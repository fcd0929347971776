using Quantizer.Speed;

namespace Quantizer.Core.Tests.Speed;

public class MinimumCutTests
{
    private const int Nodes = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void No_way_to_part_random_pipes_is_cheaper(int seed)
    {
        Random random = new(seed);
        List<(int From, int To, double Capacity)> pipes = [];
        for (int from = 0; from < Nodes; from++)
        {
            for (int to = 0; to < Nodes; to++)
            {
                if (from != to && random.NextDouble() < 0.4)
                    pipes.Add((from, to, random.NextDouble()));
            }
        }
        MinimumCut cut = new(Nodes);
        foreach ((int from, int to, double capacity) in pipes)
            cut.Add(from, to, capacity);

        (double cost, bool[] side) = cut.Find(source: 0, sink: 1);

        // Every way to put the other nodes on a side.
        double least = Enumerable
            .Range(0, 1 << (Nodes - 2))
            .Min(bits => CostOf(pipes, node => node == 0 || (node > 1 && ((bits >> (node - 2)) & 1) == 1)));
        Assert.Equal(least, cost, 1e-9);
        Assert.Equal(least, CostOf(pipes, node => side[node]), 1e-9);
    }

    [Fact]
    public void A_chain_of_many_nodes_is_cut_where_it_is_thinnest()
    {
        const int Long = 20_000;
        MinimumCut cut = new(Long);
        for (int node = 0; node + 1 < Long; node++)
            cut.Add(node, node + 1, node == 7_000 ? 0.5 : double.PositiveInfinity);

        (double cost, bool[] side) = cut.Find(source: 0, sink: Long - 1);

        Assert.Equal((0.5, true, false), (cost, side[7_000], side[7_001]));
    }

    private static double CostOf(List<(int From, int To, double Capacity)> pipes, Func<int, bool> isOnSourceSide) =>
        pipes.Where(pipe => isOnSourceSide(pipe.From) && !isOnSourceSide(pipe.To)).Sum(pipe => pipe.Capacity);
}
