namespace Quantizer.Speed;

/// <summary>The cheapest way to part a network of pipes in two, by the greatest flow through it (Dinic).</summary>
/// <param name="nodes">The number of nodes, source and sink among them.</param>
internal sealed class MinimumCut(int nodes)
{
    /// <summary>Rounding of sums must not open what is full.</summary>
    private const double Nothing = 1e-12;

    private readonly List<(int To, double Capacity)> _edges = [];
    private readonly List<int>[] _from = [.. Enumerable.Range(0, nodes).Select(_ => new List<int>())];

    /// <param name="capacity">What it costs that <paramref name="from"/> is on the source's side and <paramref name="to"/> on the
    /// sink's.</param>
    public void Add(int from, int to, double capacity)
    {
        _from[from].Add(_edges.Count);
        _edges.Add((to, capacity));
        _from[to].Add(_edges.Count);
        _edges.Add((from, 0));
    }

    /// <returns>What the cut costs, and for each node whether it is on the source's side.</returns>
    public (double Cost, bool[] OnSourceSide) Find(int source, int sink)
    {
        double cost = 0;
        int[] level = LevelsFrom(source);
        while (level[sink] >= 0)
        {
            int[] next = new int[nodes];
            for (double flow = Push(source, sink, level, next); flow > 0; flow = Push(source, sink, level, next))
                cost += flow;
            level = LevelsFrom(source);
        }
        return (cost, [.. level.Select(steps => steps >= 0)]);
    }

    /// <summary>The fewest open edges from the source; -1 where no way leads.</summary>
    private int[] LevelsFrom(int source)
    {
        int[] level = new int[nodes];
        Array.Fill(level, -1);
        level[source] = 0;
        Queue<int> queue = new([source]);
        while (queue.TryDequeue(out int node))
        {
            foreach (int edge in _from[node])
            {
                (int to, double capacity) = _edges[edge];
                if (capacity <= Nothing || level[to] >= 0)
                    continue;
                level[to] = level[node] + 1;
                queue.Enqueue(to);
            }
        }
        return level;
    }

    /// <summary>One path of open edges, each a level deeper, filled up. Not recursive: a network may be thousands of nodes deep.</summary>
    /// <param name="next">For each node the first edge that is not known to lead nowhere.</param>
    /// <returns>0 where none is left.</returns>
    private double Push(int source, int sink, int[] level, int[] next)
    {
        List<int> path = [];
        int node = source;
        while (node != sink)
        {
            if (next[node] < _from[node].Count)
            {
                int edge = _from[node][next[node]];
                (int to, double capacity) = _edges[edge];
                if (capacity > Nothing && level[to] == level[node] + 1)
                {
                    path.Add(edge);
                    node = to;
                }
                else
                {
                    next[node]++;
                }
            }
            else
            {
                if (path.Count == 0)
                    return 0;
                node = _edges[path[^1] ^ 1].To;
                path.RemoveAt(path.Count - 1);
                next[node]++;
            }
        }
        double flow = path.Min(edge => _edges[edge].Capacity);
        foreach (int edge in path)
        {
            _edges[edge] = (_edges[edge].To, _edges[edge].Capacity - flow);
            _edges[edge ^ 1] = (_edges[edge ^ 1].To, _edges[edge ^ 1].Capacity + flow);
        }
        return flow;
    }
}
