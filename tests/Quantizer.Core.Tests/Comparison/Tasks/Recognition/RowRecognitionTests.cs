using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Graphs;
using static Quantizer.Core.Tests.Comparison.Tasks.Recognition.Evidence;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

/// <summary>Rows of class, score and corners, as PaddleDetection has them.</summary>
public class RowRecognitionTests
{
    private static readonly SeenInput Rgb = Picture(3, 64, 64);
    private static readonly float[] Detection = [2, 0.7f, 11.5f, 8, 30, 41.25f];
    private static readonly float[] None = [-1, 0, 0, 0, 0, 0];

    [Fact]
    public void Class_and_score_may_stand_before_the_corners()
    {
        FoundTask found = Find(Rows(Detection, Detection, None));

        Assert.Equal((TaskKind.Boxes, "y [3,6]: a row of class, score and corners a detection"), (found.Kind, found.Why));
        Assert.Equal(["y"], found.Task.Outputs);
    }

    [Fact]
    public void A_number_beside_the_rows_tells_how_many_of_them_count()
    {
        // Behind the first is what was there before.
        float[] rest = [0.5f, -3, 9, 1, 2, 3];
        SeenOutput Count(int value, string end) => Output("num", end, [1], _ => value, ElementType.Int32);

        FoundTask found = Find(Rows(Detection, rest, rest), Count(1, "Cast"));

        Assert.Equal("y [3,6]: a row of class, score and corners a detection, as many as num [1] tells", found.Why);
        Assert.Equal(["y", "num"], found.Task.Outputs);
        Assert.NotEqual(TaskKind.Boxes, Find(Rows(Detection, rest, rest), Count(2, "Cast")).Kind);
        Assert.NotEqual(TaskKind.Boxes, Find(Rows(Detection, rest, rest), Count(1, "ArgMax")).Kind);
    }

    [Theory]
    [InlineData(0, 2.5f)]
    [InlineData(0, -2)]
    [InlineData(1, 1.5f)]
    [InlineData(4, 5)]
    [InlineData(5, 5)]
    public void Rows_of_other_numbers_are_no_detections(int column, float value)
    {
        float[] other = [.. Detection];
        other[column] = value;

        Assert.Equal(TaskKind.Values, Find(Rows(Detection, Detection, other)).Kind);
        Assert.Throws<QuantizationException>(() =>
            TaskFinder.Find(Of(Rgb, Rows(Detection, other)) with { IsAsked = true }, TaskKind.Boxes)
        );
    }

    [Fact]
    public void One_row_of_six_numbers_may_be_anything_unless_it_is_asked_for()
    {
        Assert.NotEqual(TaskKind.Boxes, Find(Rows(Detection)).Kind);
        Assert.NotEqual(TaskKind.Boxes, Find(Rows(Detection, None)).Kind);
        Assert.Equal(TaskKind.Boxes, TaskFinder.Find(Of(Rgb, Rows(Detection)) with { IsAsked = true }, TaskKind.Boxes).Kind);
    }

    [Fact]
    public void A_network_that_is_told_the_scale_has_its_columns_in_that_order_also_where_nothing_is_found()
    {
        TaskEvidence Scaled(SeenOutput output) => Of(Rgb, output) with { Inputs = [Rgb, Input("scale_factor", 2)] };

        Assert.Contains("class, score and corners", TaskFinder.Find(Scaled(Rows()), asked: null).Why, StringComparison.Ordinal);
        Assert.Contains("class, score and corners", TaskFinder.Find(Scaled(Rows(new float[6])), asked: null).Why, StringComparison.Ordinal);
        Assert.Contains(
            "corners, score and class",
            TaskFinder.Find(Scaled(Rows([1, 2, 5, 6, 0.5f, 3])), null).Why,
            StringComparison.Ordinal
        );
        Assert.Equal(TaskKind.Values, Find(Rows()).Kind);
    }

    private static SeenOutput Rows(params float[][] rows) => Output("y", "Concat", [rows.Length, 6], index => rows[index / 6][index % 6]);

    private static FoundTask Find(params SeenOutput[] outputs) => TaskFinder.Find(Of(Rgb, outputs), asked: null);
}
