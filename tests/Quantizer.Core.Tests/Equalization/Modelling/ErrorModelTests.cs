using Quantizer.Equalization.Modelling;

namespace Quantizer.Core.Tests.Equalization.Modelling;

public class ErrorModelTests
{
    private static readonly TensorTerm Tensor = new("t", [1, 2, 0], [-1f, 0f, -0.5f], [3f, 0.5f, 2f], [0.1, 0.2, 0.3]);
    private static readonly LayerTerm Layer = new("l", [1, 2], [1f, 4f, 2f, 0.5f], [0.01, 0.03]);

    [Fact]
    public void Rounding_a_tensor_costs_the_square_of_its_step_in_each_channel()
    {
        // The range is -1 to 3, and 255 steps long; noise 0.1 + 0.2 + 0.3.
        Assert.Equal(4.0 / 255 * 4.0 / 255 * 0.6, Tensor.Value([1, 1, 1], []), 12);
        // Channel 0 is -2 to 6 now, channel 1 up to 0.25: noise 0.1 / 4 + 0.2 * 4 + 0.3.
        Assert.Equal(8.0 / 255 * 8.0 / 255 * 1.125, Tensor.Value([1, 2, 0.5], []), 12);
    }

    [Fact]
    public void Rounding_weights_costs_the_square_of_the_largest_of_each_row()
    {
        Assert.Equal((16 + 4) * 0.04, Layer.Value([1, 1, 1], []), 12);
        // Rows 1/2 8 and 1 1; power 0.01 * 4 + 0.03 / 4.
        Assert.Equal((64 + 1) * 0.0475, Layer.Value([1, 2, 0.5], []), 12);
    }

    [Fact]
    public void The_gradient_is_what_small_changes_show()
    {
        ErrorModel model = ErrorModel.Of(3, [Tensor], [Layer]);
        double[] at = [0, 0.3, -0.4],
            gradient = new double[3];
        model.Value(at, gradient);

        for (int variable = 1; variable < at.Length; variable++)
        {
            double[] up = [.. at],
                down = [.. at];
            up[variable] += 1e-3;
            down[variable] -= 1e-3;
            Assert.Equal((model.Value(up, []) - model.Value(down, [])) / 2e-3, gradient[variable], 3);
        }
    }

    [Fact]
    public void What_no_scale_changes_is_counted_all_the_same()
    {
        TensorTerm locked = new("locked", [0, 0], [0f, 0f], [1f, 2f], [1, 1]);
        ErrorModel model = ErrorModel.Of(3, [Tensor, locked], []);

        Assert.Equal([Tensor], model.Tensors);
        Assert.Equal(Tensor.Value([1, 1, 1], []) + locked.Value([1, 1, 1], []), model.Value([0, 0, 0], []), 12);
    }

    [Fact]
    public void Unequal_channels_are_brought_to_one_range()
    {
        TensorTerm unequal = new("t", [1, 2, 3], [0f, 0f, 0f], [1f, 0.25f, 0.0625f], [1, 1, 1]);
        ErrorModel model = ErrorModel.Of(4, [unequal], []);

        ScaleCandidate best = Assert.Single(ScaleSolution.Of(model, new HashSet<int>(), CancellationToken.None));

        Assert.False(best.CostsNodes);
        Assert.Equal(2, best.Logarithms[2] - best.Logarithms[1], 1);
        Assert.Equal(4, best.Logarithms[3] - best.Logarithms[1], 1);
        // From 3 errors of a full step to 1 + 1 / 16 + 1 / 256 of one.
        Assert.Equal(10 * Math.Log10(3 / (1 + 1.0 / 16 + 1.0 / 256)), best.GainDb, 1);
    }

    [Fact]
    public void Scales_that_cost_a_multiplication_are_proposed_beside_those_that_cost_none()
    {
        TensorTerm free = new("free", [1, 2], [0f, 0f], [1f, 0.25f], [1, 1]),
            costly = new("costly", [3, 4], [0f, 0f], [1f, 0.125f], [1, 1]);
        IReadOnlyList<ScaleCandidate> candidates = ScaleSolution.Of(
            ErrorModel.Of(5, [free, costly], []),
            new HashSet<int> { 3, 4 },
            CancellationToken.None
        );

        Assert.Equal([true, false], candidates.Select(candidate => candidate.CostsNodes));
        Assert.Equal([0.0, 0.0], candidates[1].Logarithms.Skip(3));
        Assert.InRange(candidates[1].GainDb, 0.5, candidates[0].GainDb - 0.5);
    }
}
