namespace Quantizer.Graphs;

/// <summary>
/// Who makes and who reads each tensor of a graph, as it stood when the index was built: after an edit rebuild it, or tell it of each
/// node that was added, changed or removed.
/// Readers inside subgraphs count as readers of the node that holds the subgraph.
/// </summary>
internal sealed class GraphIndex
{
    private static readonly IReadOnlyList<Node> NoNodes = [];
    private readonly Dictionary<string, Node> _producers = [];
    private readonly Dictionary<string, List<Node>> _readers = [];
    private readonly Dictionary<string, Tensor> _constants = [];
    private readonly HashSet<string> _inputs = [];
    private readonly HashSet<string> _outputs = [];
    private readonly Dictionary<Node, (string[] Reads, string[] Outputs)> _seen = [];

    private readonly GraphIndex? _outer;

    /// <param name="outer">Of the graph around a body, whose tensors the body reads, too; null: there is none.</param>
    public GraphIndex(Graph graph, GraphIndex? outer = null)
    {
        _outer = outer;
        foreach (Tensor tensor in graph.Initializers)
            _constants[tensor.Name] = tensor;
        foreach (ValueInfo input in graph.Inputs)
            _inputs.Add(input.Name);
        foreach (ValueInfo output in graph.Outputs)
            _outputs.Add(output.Name);
        foreach (Node node in graph.Nodes)
            Add(node);
    }

    /// <summary>Takes up a node that was added to the graph. Among readers it comes last.</summary>
    public void Add(Node node)
    {
        (string[] reads, string[] outputs) = _seen[node] = ([.. ReadBy(node)], [.. node.Outputs.Where(output => output.Length > 0)]);
        foreach (string output in outputs)
            _producers[output] = node;
        foreach (string input in reads)
        {
            if (!_readers.TryGetValue(input, out List<Node>? readers))
                _readers[input] = readers = [];
            if (readers.Count == 0 || readers[^1] != node)
                readers.Add(node);
        }
    }

    /// <summary>Drops a node that was removed from the graph.</summary>
    public void Remove(Node node)
    {
        if (!_seen.Remove(node, out (string[] Reads, string[] Outputs) seen))
            return;
        foreach (string output in seen.Outputs)
        {
            if (ProducerOf(output) == node)
                _producers.Remove(output);
        }

        foreach (string input in seen.Reads)
            _readers[input].Remove(node);
    }

    /// <summary>Looks anew at a node whose inputs or outputs were changed.</summary>
    public void Refresh(Node node)
    {
        Remove(node);
        Add(node);
    }

    /// <summary>Takes up an initializer that was added or replaced.</summary>
    public void Set(Tensor constant) => _constants[constant.Name] = constant;

    /// <summary>The node that makes the tensor, here or in a graph around this one; null for graph inputs and constants.</summary>
    public Node? ProducerOf(string tensor) =>
        _producers.TryGetValue(tensor, out Node? producer) ? producer
        : _inputs.Contains(tensor) || _constants.ContainsKey(tensor) ? null
        : _outer?.ProducerOf(tensor);

    /// <summary>The distinct nodes that read the tensor, in graph order as long as none was added or changed.</summary>
    public IReadOnlyList<Node> ReadersOf(string tensor) => _readers.TryGetValue(tensor, out List<Node>? readers) ? readers : NoNodes;

    /// <summary>The initializer of that name, unless a graph input lets the caller override it (from IR 4 on).</summary>
    public Tensor? ConstantOf(string tensor) =>
        _inputs.Contains(tensor) ? null
        : _constants.TryGetValue(tensor, out Tensor? constant) ? constant
        : _producers.ContainsKey(tensor) ? null
        : _outer?.ConstantOf(tensor);

    public bool IsInput(string tensor) => _inputs.Contains(tensor);

    public bool IsOutput(string tensor) => _outputs.Contains(tensor);

    /// <summary>Every tensor a node reads, those of its subgraphs' outer scope included.</summary>
    public static IEnumerable<string> ReadBy(Node node)
    {
        foreach (string input in node.Inputs)
        {
            if (input.Length > 0)
                yield return input;
        }

        foreach (Graph subgraph in node.Subgraphs)
        {
            foreach (string outer in OuterReads(subgraph))
                yield return outer;
        }
    }

    private static HashSet<string> OuterReads(Graph graph)
    {
        HashSet<string> made = [.. graph.Inputs.Select(input => input.Name), .. graph.Initializers.Select(tensor => tensor.Name)];
        HashSet<string> reads = [];
        foreach (Node node in graph.Nodes)
        {
            foreach (string input in ReadBy(node))
            {
                if (!made.Contains(input))
                    reads.Add(input);
            }

            made.UnionWith(node.Outputs);
        }
        foreach (ValueInfo output in graph.Outputs)
        {
            if (!made.Contains(output.Name))
                reads.Add(output.Name);
        }

        return reads;
    }
}
