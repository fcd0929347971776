using Quantizer.Comparison;
using Quantizer.Graphs;
using static Quantizer.Core.Tests.Comparison.ComparedModels;

namespace Quantizer.Core.Tests.Comparison;

/// <summary>Which output of the one model is compared with which of the other.</summary>
public class OutputPairTests
{
    [Fact]
    public void Outputs_are_paired_by_name_whatever_their_order()
    {
        GraphBuilder Both() => new GraphBuilder().Input("x", [1, 2]).Node("Neg", ["x"], ["negative"]).Node("Abs", ["x"], ["magnitude"]);
        ComparisonResult result = Compare(
            Both().Output("negative").Output("magnitude").Build(),
            Both().Output("magnitude").Output("negative").Build(),
            new LabelledSamples(([-1f, 2f], null))
        );

        Assert.Equal(["negative", "magnitude"], result.Outputs.Select(output => output.Name));
        Assert.All(result.Outputs, output => Assert.Equal(double.PositiveInfinity, output.SqnrDb));
    }

    [Fact]
    public void Outputs_that_were_renamed_are_paired_by_position()
    {
        OnnxModel renamed = new GraphBuilder()
            .Input("x", [1, 2])
            .Node("Neg", ["x"], ["first_dq"])
            .Node("Abs", ["x"], ["second_dq"])
            .Output("first_dq")
            .Output("second_dq")
            .Build();
        OnnxModel reference = new GraphBuilder()
            .Input("x", [1, 2])
            .Node("Neg", ["x"], ["first"])
            .Node("Abs", ["x"], ["second"])
            .Output("first")
            .Output("second")
            .Build();

        ComparisonResult result = Compare(reference, renamed, new LabelledSamples(([-1f, 2f], null)));

        Assert.Equal(["first", "second"], result.Outputs.Select(output => output.Name));
        Assert.All(result.Outputs, output => Assert.Equal(double.PositiveInfinity, output.SqnrDb));
    }

    [Fact]
    public void Networks_with_other_outputs_cannot_be_compared()
    {
        OnnxModel two = new GraphBuilder()
            .Input("x", [1, 6])
            .Node("Neg", ["x"], ["y"])
            .Node("Abs", ["x"], ["z"])
            .Output("y")
            .Output("z")
            .Build();
        OnnxModel longer = new GraphBuilder()
            .Input("x", [1, 6])
            .Node("Concat", ["x", "x"], ["y"], NodeAttribute.Of("axis", 1L))
            .Output("y")
            .Build();
        LabelledSamples samples = new((new float[6], null));

        Assert.StartsWith(
            "The FP32 model has 1 outputs and the INT8 model 2;",
            Assert.Throws<QuantizationException>(() => Compare(Scaled(), two, samples)).Message
        );
        Assert.StartsWith(
            "Output 'y' has 6 values in the FP32 model and 12 in the INT8 model for sample 'row 0'.",
            Assert.Throws<QuantizationException>(() => Compare(Scaled(), longer, samples)).Message
        );
    }
}
