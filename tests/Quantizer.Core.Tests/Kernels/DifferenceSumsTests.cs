using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class DifferenceSumsTests
{
    [Fact]
    public void Sums_are_those_computed_by_hand()
    {
        DifferenceSums sums = DifferenceSums.Of([3f, -4f], [3f, -5f]);

        Assert.Equal(new DifferenceSums(Signal: 25, Error: 1, Product: 29, Other: 34, Values: 2), sums);
        Assert.Equal(10 * Math.Log10(25), sums.SqnrDb, 1e-12);
        Assert.Equal(29 / Math.Sqrt(25 * 34), sums.Cosine, 1e-12);
        Assert.Equal(Math.Sqrt(12.5), sums.Rms, 1e-12);
    }

    [Fact]
    public void Parts_add_up_to_the_whole() =>
        Assert.Equal(
            DifferenceSums.Of([1f, 2f, 3f, 4f], [1f, 2f, 2f, 5f]),
            DifferenceSums.Of([1f, 2f], [1f, 2f]) + DifferenceSums.Of([3f, 4f], [2f, 5f])
        );

    [Fact]
    public void Equal_outputs_have_no_error()
    {
        DifferenceSums sums = DifferenceSums.Of([1f, -2f], [1f, -2f]);

        Assert.Equal((double.PositiveInfinity, 1.0), (sums.SqnrDb, sums.Cosine));
    }

    [Fact]
    public void Opposite_and_unrelated_outputs_show_in_the_cosine()
    {
        Assert.Equal(-1, DifferenceSums.Of([1f, -2f], [-1f, 2f]).Cosine);
        Assert.Equal(0, DifferenceSums.Of([1f, 0f], [0f, 1f]).Cosine);
    }

    [Fact]
    public void Outputs_of_zeros_give_numbers()
    {
        Assert.Equal((double.PositiveInfinity, 1.0), (DifferenceSums.Of([0f], [0f]).SqnrDb, DifferenceSums.Of([0f], [0f]).Cosine));
        Assert.Equal((double.NegativeInfinity, 0.0), (DifferenceSums.Of([0f], [1f]).SqnrDb, DifferenceSums.Of([0f], [1f]).Cosine));
        Assert.Equal((0.0, 0.0), (DifferenceSums.Of([1f], [0f]).SqnrDb, DifferenceSums.Of([1f], [0f]).Cosine));
    }

    [Fact]
    public void Squares_that_a_float_cannot_hold_do_not_overflow() => Assert.Equal(0.0, DifferenceSums.Of([3e38f], [0f]).SqnrDb);
}
