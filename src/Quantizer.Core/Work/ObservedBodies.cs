using Quantizer.Execution;
using Quantizer.Execution.Observation;
using Quantizer.Graphs;

namespace Quantizer.Work;

/// <summary>
/// The work of nodes inside bodies in one run: each counts as often as it really ran, with the sizes that it had each time. So a branch
/// that is not taken costs nothing, and a loop as much as its rounds together.
/// </summary>
internal sealed class ObservedBodies
{
    private readonly List<(CountedNode Node, string Tensor)> _observed = [];
    private readonly Dictionary<string, CountedNode> _nodes = [];

    private ObservedBodies() { }

    /// <summary>By node name, of the nodes that work is counted of; null: the model does not run.</summary>
    public static IReadOnlyDictionary<string, long?>? Of(OnnxModel model, IReadOnlyDictionary<string, TensorValue> sample)
    {
        OnnxModel copy = ModelCopy.Of(model);
        copy.OperatorSets.Add(ObserverOperator.OperatorSet);
        ObservedBodies bodies = new();
        foreach (Graph body in copy.Graph.Nodes.SelectMany(node => node.Subgraphs))
            bodies.AddTo(body);
        try
        {
            // Without optimization every node runs.
            using InferenceModel session = InferenceModel.Load(
                copy,
                new ExecutionOptions { Level = OptimizationLevel.None, Observes = true }
            );
            ObserverOperator.Run(
                bodies.See,
                () => session.Visit(sample, [.. session.Outputs.Select(output => output.Name)], (_, _, _, _) => { })
            );
        }
        catch (QuantizationException)
        {
            // Whoever needs the run itself says what is wrong; here work just stays unknown.
            return null;
        }
        return bodies._nodes.ToDictionary(node => node.Key, node => node.Value.Work);
    }

    /// <summary>Nodes that read the sizes of what others read and make. As numbers they are seen whatever the type of the tensor
    /// is.</summary>
    private void AddTo(Graph body)
    {
        List<Node> added = [];
        foreach (Node node in body.Nodes)
        {
            foreach (Graph inner in node.Subgraphs)
                AddTo(inner);
            if (!WorkTable.Asks(node))
                continue;
            CountedNode counted = _nodes[node.Name] = new CountedNode(node);
            foreach (string tensor in counted.Tensors)
            {
                string name = $"quantizer.sizes.{_observed.Count}";
                NodeAttribute toFloat = NodeAttribute.Of("to", (long)ElementType.Float);
                added.Add(new Node("Shape", [tensor], [$"{name}.shape"], $"{name}.shape"));
                added.Add(new Node("Cast", [$"{name}.shape"], [$"{name}.float"], $"{name}.float") { Attributes = [toFloat] });
                added.Add(ObserverOperator.Node(_observed.Count, $"{name}.float", name));
                _observed.Add((counted, tensor));
            }
        }
        body.Nodes.AddRange(added);
    }

    private void See(int index, ReadOnlySpan<long> shape, ReadOnlySpan<float> sizes)
    {
        long[] seen = new long[sizes.Length];
        for (int axis = 0; axis < seen.Length; axis++)
            seen[axis] = (long)sizes[axis];
        _observed[index].Node.Add(_observed[index].Tensor, seen);
    }

    /// <summary>A node with the sizes of its tensors in the round that runs, and the work of those before.</summary>
    private sealed class CountedNode(Node node)
    {
        private readonly Dictionary<string, IReadOnlyList<long>> _sizes = [];

        public IReadOnlyList<string> Tensors { get; } = [.. node.Inputs.Concat(node.Outputs).Where(tensor => tensor.Length > 0).Distinct()];

        public long? Work { get; private set; } = 0;

        /// <summary>In whatever order they come, all of a round come before any of the next.</summary>
        public void Add(string tensor, IReadOnlyList<long> sizes)
        {
            _sizes[tensor] = sizes;
            if (_sizes.Count < Tensors.Count)
                return;
            Work += WorkTable.Of(node, _sizes.GetValueOrDefault);
            _sizes.Clear();
        }
    }
}
