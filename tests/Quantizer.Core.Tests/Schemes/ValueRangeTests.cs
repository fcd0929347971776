using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Schemes;

public class ValueRangeTests
{
    [Fact]
    public void Ranges_are_widened_joined_and_cut()
    {
        Assert.Equal(new ValueRange(0f, 3f), new ValueRange(1f, 3f).WithZero);
        Assert.Equal(new ValueRange(-3f, 0f), new ValueRange(-3f, -1f).WithZero);
        Assert.Equal(new ValueRange(-2f, 3f), new ValueRange(-2f, 3f).WithZero);
        Assert.Equal(new ValueRange(-2f, 5f), new ValueRange(-2f, 3f).Union(new ValueRange(1f, 5f)));
        Assert.Equal(new ValueRange(1f, 3f), new ValueRange(-2f, 3f).Intersection(new ValueRange(1f, float.PositiveInfinity)));
        Assert.Equal((3f, 4f), (new ValueRange(-2f, 3f).AbsoluteMaximum, new ValueRange(-4f, 3f).AbsoluteMaximum));
    }

    [Fact]
    public void It_is_told_by_its_ends() => Assert.Equal("[-0.5, 3]", new ValueRange(-0.5f, 3f).ToString());
}
