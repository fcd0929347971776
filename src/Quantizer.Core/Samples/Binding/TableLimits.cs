using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>How large the numbers may be that a network looks up in a table: beyond it, ONNX Runtime fails in the middle of a
/// run.</summary>
internal sealed class TableLimits
{
    /// <summary>Operators that hand every number on, unchanged.</summary>
    private static readonly string[] Passing = ["Cast", "Identity", "Unsqueeze", "Squeeze", "Reshape", "Flatten", "Transpose", "Expand"];

    private readonly Dictionary<string, (string Table, long Rows)> _smallest = [];

    public TableLimits(Graph graph)
    {
        GraphIndex index = new(graph);
        foreach (ValueInfo input in graph.Inputs)
            Follow(input.Name, input.Name, graph, index);
    }

    /// <summary>The rows of the smallest table that an input's numbers are looked up in; null: in none that is known.</summary>
    public long? RowsFor(string input) => _smallest.TryGetValue(input, out (string, long Rows) table) ? table.Rows : null;

    /// <exception cref="QuantizationException">A value is none of the table's rows.</exception>
    public void Check(IReadOnlyDictionary<string, TensorValue> inputs)
    {
        foreach ((string input, (string table, long rows)) in _smallest)
        {
            if (!inputs.TryGetValue(input, out TensorValue? value))
                continue;
            byte[] numbers = ArrayConversion.Convert(value.Type, value.Data.Span, ElementType.Double, input);
            foreach (double number in MemoryMarshal.Cast<byte, double>(numbers))
            {
                // As Cast does it.
                if (Math.Truncate(number) < -rows || Math.Truncate(number) >= rows)
                {
                    throw new QuantizationException(
                        FormattableString.Invariant(
                            $"its '{input}' holds {number}; the table '{table}' that it is looked up in has {rows} rows, so {-rows} to {rows - 1} were expected"
                        )
                    );
                }
            }
        }
    }

    private void Follow(string input, string tensor, Graph graph, GraphIndex index)
    {
        foreach (Node node in index.ReadersOf(tensor))
        {
            if (node.OpType == "Gather" && node.Inputs is [var table, var looked] && looked == tensor)
            {
                int axis = (int)node.IntAttribute("axis", 0);
                if (ShapeOf(table, graph, index) is { } shape && axis >= -shape.Count && axis < shape.Count)
                    Add(input, table, shape[axis < 0 ? axis + shape.Count : axis]);
            }
            else if (Passing.Contains(node.OpType) && node.Inputs[0] == tensor)
            {
                Follow(input, node.Outputs[0], graph, index);
            }
        }
    }

    private void Add(string input, string table, long rows)
    {
        if (!_smallest.TryGetValue(input, out (string, long Rows) known) || rows < known.Rows)
            _smallest[input] = (table, rows);
    }

    private static IReadOnlyList<long>? ShapeOf(string table, Graph graph, GraphIndex index)
    {
        if (graph.Initializers.Find(tensor => tensor.Name == table) is { } initializer)
            return initializer.Dimensions;
        return index.ProducerOf(table) is { OpType: "Constant" } constant
            ? constant.Attributes.Select(attribute => attribute.Value).OfType<AttributeValue.OfTensor>().FirstOrDefault()?.Value.Dimensions
            : null;
    }
}
