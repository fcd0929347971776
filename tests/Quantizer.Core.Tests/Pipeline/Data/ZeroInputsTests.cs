using Quantizer.Graphs;
using Quantizer.Pipeline.Data;

namespace Quantizer.Core.Tests.Pipeline.Data;

public class ZeroInputsTests
{
    [Fact]
    public void An_open_batch_is_one_sample()
    {
        IReadOnlyDictionary<string, TensorValue>? inputs = ZeroInputs.Of([
            new("x", ElementType.Float, ["batch", 3, 4]),
            new("n", ElementType.Int64, []),
        ]);

        Assert.Equal([1, 3, 4], inputs!["x"].Shape);
        Assert.Equal((12, 1), (inputs["x"].Floats.Length, inputs["n"].ElementCount));
        Assert.Equal(8, inputs["n"].Data.Length);
    }

    [Fact]
    public void Other_open_sizes_and_types_without_zeros_have_none()
    {
        Assert.Null(ZeroInputs.Of([new("x", ElementType.Int64, ["batch", "words"])]));
        Assert.Null(ZeroInputs.Of([new("x", ElementType.Float, null)]));
        Assert.Null(ZeroInputs.Of([new("x", ElementType.String, [1])]));
    }
}
