using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Rewriting;

namespace Quantizer.Core.Tests.Rewriting;

public class UsableScalesTests
{
    public static TheoryData<float> Unusable => [0f, -1f, 1e-40f, float.NaN, float.PositiveInfinity];

    [Theory]
    [MemberData(nameof(Unusable))]
    public void No_such_scale_of_an_activation_is_written(float scale)
    {
        (OnnxModel model, QuantizationPlan plan) = Planned();
        ActivationPlan activation = plan.Activations["x"];
        Dictionary<string, ActivationPlan> activations = new(plan.Activations)
        {
            ["x"] = activation with { Parameters = activation.Parameters with { Scale = scale } },
        };

        AssertRefused("x", model, plan with { Activations = activations });
    }

    [Theory]
    [MemberData(nameof(Unusable))]
    public void No_such_scale_of_weights_is_written(float scale)
    {
        (OnnxModel model, QuantizationPlan plan) = Planned();
        float[] scales = [.. plan.Weights[0].Scales];
        scales[1] = scale;

        AssertRefused("w", model, plan with { Weights = [plan.Weights[0] with { Scales = scales }] });
    }

    private static void AssertRefused(string tensor, OnnxModel model, QuantizationPlan plan)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => GraphRewriter.Rewrite(model, plan));
        Assert.Contains($"tensor '{tensor}'", error.Message);
    }

    private static (OnnxModel Model, QuantizationPlan Plan) Planned()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 4, 4])
            .Constant("w", [16, 16, 1, 1], SmallNetworks.Values(256, seed: 1))
            .Node("Conv", ["x", "w"], ["y"])
            .Output("y")
            .Build();
        return (model, QuantizedNetwork.Of(model).Plan);
    }
}
