using Quantizer.Graphs;

namespace Quantizer.Normalization.Unfusing;

/// <summary>Collects the nodes that together compute what one node computed, and puts them in its place.</summary>
internal sealed class Replacement(Node replaced, GraphEdit edit)
{
    /// <summary>From this operator set on ReduceMean reads its axes from an input.</summary>
    private const long AxesAreInputs = 18;

    private readonly List<Node> _nodes = [];

    /// <summary>Adds a node of the standard operator set and gives the name of its output.</summary>
    public string Add(string opType, IEnumerable<string> inputs, params IEnumerable<NodeAttribute> attributes) =>
        AddMany(opType, inputs, outputs: 1, attributes)[0];

    /// <summary>The same for a node of several outputs.</summary>
    public IReadOnlyList<string> AddMany(
        string opType,
        IEnumerable<string> inputs,
        int outputs,
        params IEnumerable<NodeAttribute> attributes
    )
    {
        string[] made = [.. Enumerable.Range(0, outputs).Select(_ => edit.UniqueTensorName($"{replaced.Outputs[0]}_{opType}"))];
        // The first one is what the user's node is called for.
        string name = _nodes.Count == 0 ? replaced.Name : edit.UniqueNodeName($"{replaced.Name}_{opType}");
        _nodes.Add(new Node(opType, inputs, made, name) { Attributes = [.. attributes] });
        return made;
    }

    /// <summary>0, 1, 2 and so on, as many as the second axis of a tensor has places.</summary>
    public string AddPositions(string tensor)
    {
        string length = Add("Gather", [Add("Shape", [tensor]), Integer(1)]);
        return Add("Range", [Integer(0), length, Integer(1)]);

        string Integer(long value) => edit.AddConstant(Tensor.FromInt64s($"{replaced.Outputs[0]}_integer", [], [value]));
    }

    /// <summary>The mean over the last axis, which is kept with size 1.</summary>
    public string AddMeanOfLast(string input)
    {
        if (edit.Model.Opset < AxesAreInputs)
            return Add("ReduceMean", [input], NodeAttribute.Of("axes", [-1L]));
        string axes = edit.AddConstant(Tensor.FromInt64s($"{replaced.Outputs[0]}_axes", [1], [-1L]));
        return Add("ReduceMean", [input, axes]);
    }

    public string AddScalar(float value) => edit.AddConstant(Tensor.FromFloats($"{replaced.Outputs[0]}_constant", [], [value]));

    /// <summary>Lets a tensor made here carry an output's name.</summary>
    public void Name(string made, string output)
    {
        foreach (Node node in _nodes)
        {
            Rename(node.Inputs, made, output);
            Rename(node.Outputs, made, output);
        }
    }

    /// <summary>Puts the nodes in the place of the replaced one, whose first output is <paramref name="result"/>.</summary>
    public void Finish(string result)
    {
        Name(result, replaced.Outputs[0]);
        edit.Replace(replaced, _nodes);
    }

    private static void Rename(List<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == from)
                names[i] = to;
        }
    }
}
