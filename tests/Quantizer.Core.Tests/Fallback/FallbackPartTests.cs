using Quantizer.Fallback;

namespace Quantizer.Core.Tests.Fallback;

public sealed class FallbackPartTests
{
    [Fact]
    public void A_part_is_worth_its_error_for_the_work_that_it_costs()
    {
        FallbackPart cheap = new(["a"], 1_000_000, 0.01),
            dear = new(["b"], 100_000_000, 0.1);

        Assert.True(cheap.ErrorPerWork > dear.ErrorPerWork);
    }

    [Fact]
    public void A_part_without_work_does_not_come_first_for_that()
    {
        FallbackPart none = new(["a"], 0, 0.001),
            some = new(["b"], 100_000, 0.01);

        Assert.True(some.ErrorPerWork > none.ErrorPerWork);
    }
}
