using Quantizer.Kernels;

namespace Quantizer.Core.Tests.Kernels;

public class PointTurnsTests
{
    /// <summary>Points on a circle, each number of a point about a middle of its own.</summary>
    public static float[] Circle(int points, int numbers) =>
        [
            .. Enumerable
                .Range(0, points * numbers)
                .Select(index =>
                    (float)((30 * (index % numbers)) + (10 * Math.Cos((Math.Tau * (index / numbers) / points) + (index % numbers))))
                ),
        ];

    [Theory]
    [InlineData(68, 2)]
    [InlineData(21, 3)]
    [InlineData(468, 3)]
    [InlineData(33, 4)]
    [InlineData(39, 5)]
    public void Coordinates_take_turns(int points, int numbers) => Assert.True(PointTurns.Holds(Circle(points, numbers)));

    [Fact]
    public void What_follows_no_turns_is_no_list_of_points()
    {
        Random random = new(7);
        float[] scores = [.. Enumerable.Range(0, 1000).Select(_ => (float)((random.NextDouble() * 8) - 4))],
            curve = [.. Enumerable.Range(0, 120).Select(index => MathF.Sin(index / 9f))],
            shares = new float[100];
        shares[42] = 1;

        Assert.False(PointTurns.Holds(scores));
        // A number is like the one before the last, but like the last, too.
        Assert.False(PointTurns.Holds(curve));
        Assert.False(PointTurns.Holds(shares));
        Assert.False(PointTurns.Holds(new float[60]));
        Assert.False(PointTurns.Holds([]));
    }

    [Fact]
    public void Too_few_points_tell_nothing() => Assert.False(PointTurns.Holds(Circle(5, 2)));

    [Fact]
    public void Numbers_that_are_none_are_no_points()
    {
        float[] values = Circle(68, 2);
        values[3] = float.NaN;

        Assert.False(PointTurns.Holds(values));
    }
}
