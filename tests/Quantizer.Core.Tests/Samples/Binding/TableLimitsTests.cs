using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples.Binding;

namespace Quantizer.Core.Tests.Samples.Binding;

public class TableLimitsTests
{
    private static readonly TableLimits Limits = new(
        new GraphBuilder()
            .Input("ids", ["N", "T"], ElementType.Int64)
            .Input("floats", ["N"])
            .Input("free", ["N"], ElementType.Int64)
            .Constant("words", [5, 2], new float[10])
            .Constant("letters", [2, 3], new float[6])
            .Constant("axis", [1], [0L])
            .Node("Unsqueeze", ["ids", "axis"], ["wide"])
            .Node("Gather", ["words", "wide"], ["a"])
            .Node("Cast", ["floats"], ["whole"], NodeAttribute.Of("to", (long)ElementType.Int64))
            .Node("Gather", ["letters", "whole"], ["b"], NodeAttribute.Of("axis", 1L))
            .Node("Neg", ["free"], ["c"])
            .Node("Gather", ["words", "c"], ["d"])
            .Output("a")
            .Build()
            .Graph
    );

    [Fact]
    public void Numbers_beyond_a_table_are_refused_by_name()
    {
        Check("ids", -5, 4);
        Check("free", 1000);

        string message = Assert.Throws<QuantizationException>(() => Check("ids", 1, 5)).Message;

        Assert.Equal("its 'ids' holds 5; the table 'words' that it is looked up in has 5 rows, so -5 to 4 were expected", message);
        Assert.Throws<QuantizationException>(() => Check("ids", -6));
    }

    [Fact]
    public void Numbers_that_arrive_as_floats_are_checked_too()
    {
        Limits.Check(new Dictionary<string, TensorValue> { ["floats"] = TensorValue.FromFloats([2], [2.9f, 0]) });

        Assert.Contains(
            "'letters'",
            Assert
                .Throws<QuantizationException>(() =>
                    Limits.Check(new Dictionary<string, TensorValue> { ["floats"] = TensorValue.FromFloats([1], [3f]) })
                )
                .Message
        );
    }

    private static void Check(string input, params long[] values) =>
        Limits.Check(
            new Dictionary<string, TensorValue>
            {
                [input] = new(ElementType.Int64, [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray()),
            }
        );
}
