using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>
/// Writes equal constants once.
/// 1. Of those that are equal byte by byte (cells unrolled over time, heads with one table), all readers read the first; bodies read it
///    through an Identity.
/// 2. A matrix of bytes that is another one transposed (an embedding's table and the projection back to the vocabulary) is made of
///    that one by a Transpose, which runtimes compute when they load the file.
/// Kept: what is small, and what the caller of the model may see or replace.
/// </summary>
internal sealed class SharedConstants
{
    /// <summary>Below, names and nodes cost more than they save.</summary>
    private const int LeastBytes = 1 << 10;

    private readonly Graph _graph;
    private readonly NameSource _names;
    private readonly HashSet<string> _fixed;
    private readonly HashSet<string> _readInBodies;

    private SharedConstants(Graph graph, NameSource names)
    {
        (_graph, _names) = (graph, names);
        _fixed = [.. graph.Inputs.Select(input => input.Name), .. graph.Outputs.Select(output => output.Name)];
        _readInBodies = [.. graph.Nodes.Where(node => node.Subgraphs.Any()).SelectMany(GraphIndex.ReadBy)];
    }

    /// <returns>The nodes to put before all others.</returns>
    public static IReadOnlyList<Node> Write(Graph graph, NameSource names)
    {
        SharedConstants shared = new(graph, names);
        return [.. shared.WriteEqual(), .. shared.WriteTransposed()];
    }

    private List<Node> WriteEqual()
    {
        List<Node> nodes = [];
        ReaderRedirection readers = new(_graph);
        foreach (Tensor[] alike in Candidates().GroupBy(tensor => (tensor.Type, Shape(tensor.Dimensions))).Select(group => group.ToArray()))
        {
            List<Tensor> kept = [];
            foreach (Tensor tensor in alike)
            {
                if (kept.Find(other => other.Data.Span.SequenceEqual(tensor.Data.Span)) is not { } equal)
                {
                    kept.Add(tensor);
                    continue;
                }
                if (_readInBodies.Contains(tensor.Name))
                    nodes.Add(new Node("Identity", [equal.Name], [tensor.Name], _names.New($"{tensor.Name}_Identity")));
                else
                    readers.RedirectAll(tensor.Name, equal.Name, _ => true);
                _graph.Initializers.Remove(tensor);
            }
        }
        return nodes;
    }

    private List<Node> WriteTransposed()
    {
        List<Node> nodes = [];
        List<Tensor> matrices = [.. Candidates().Where(IsByteMatrix)];
        ILookup<string, Tensor> byShape = matrices.ToLookup(tensor => Shape(tensor.Dimensions));
        HashSet<Tensor> made = [],
            sources = [];
        foreach (Tensor tensor in matrices.Where(tensor => !made.Contains(tensor)))
        {
            IEnumerable<Tensor> turned = byShape[Shape(tensor.Dimensions.Reverse())];
            foreach (Tensor other in turned.Where(other => other.Type == tensor.Type && !made.Contains(other) && !sources.Contains(other)))
            {
                if (other == tensor || !IsTransposed(tensor, other))
                    continue;
                _graph.Initializers.Remove(other);
                nodes.Add(
                    new Node("Transpose", [tensor.Name], [other.Name], _names.New($"{other.Name}_Transpose"))
                    {
                        Attributes = [NodeAttribute.Of("perm", [1L, 0L])],
                    }
                );
                made.Add(other);
                sources.Add(tensor);
            }
        }
        return nodes;
    }

    private List<Tensor> Candidates() =>
        [.. _graph.Initializers.Where(tensor => tensor.Data.Length >= LeastBytes && !_fixed.Contains(tensor.Name))];

    private static bool IsByteMatrix(Tensor tensor) =>
        tensor is { Type: ElementType.Int8 or ElementType.UInt8, Dimensions: [> 1, > 1] } && tensor.Data.Length == tensor.ElementCount;

    private static bool IsTransposed(Tensor tensor, Tensor other)
    {
        ReadOnlySpan<byte> values = tensor.Data.Span,
            others = other.Data.Span;
        int rows = (int)tensor.Dimensions[0],
            columns = (int)tensor.Dimensions[1];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                if (values[row * columns + column] != others[column * rows + row])
                    return false;
            }
        }
        return true;
    }

    private static string Shape(IEnumerable<long> sizes) => string.Join(',', sizes);
}
