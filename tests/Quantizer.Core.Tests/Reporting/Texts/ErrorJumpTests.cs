using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;

namespace Quantizer.Core.Tests.Reporting.Texts;

public class ErrorJumpTests
{
    [Fact]
    public void The_first_tensor_with_more_than_ten_times_the_error_that_came_in_and_was_added_is_told()
    {
        ErrorJump jump = ErrorJump.Of([Error("x", 40, 40), Error("conv", 20, 40), Error("later", 5, 40)])!;

        Assert.Equal("conv", jump.Tensor.Name);
        // Two errors of 40 dB add up to 37 dB.
        Assert.Equal(36.99, jump.ExplainedDb, 2);
    }

    [Fact]
    public void Error_that_grows_by_less_or_whose_own_part_is_not_known_is_none()
    {
        Assert.Null(ErrorJump.Of([Error("x", 40, 40), Error("conv", 27.1, 40)]));
        Assert.Null(ErrorJump.Of([Error("x", 40, 40), Error("conv", 10, null)]));
        Assert.Null(ErrorJump.Of([Error("x", null, null), Error("conv", 40, 40)]));
        Assert.Null(ErrorJump.Of([]));
    }

    /// <summary>It may have come from any tensor before, past the last one.</summary>
    [Fact]
    public void What_came_in_is_the_worst_before() =>
        Assert.Null(ErrorJump.Of([Error("x", 10, 10), Error("other", 50, 50), Error("sum", 12, 50)]));

    private static TensorError Error(string name, double? measured, double? own) => new(name, name, measured, own, null);
}
