using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Graphs;
using static Quantizer.Core.Tests.Comparison.Tasks.Recognition.Evidence;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

/// <summary>Outputs that have the shape of one task and are for another: a task that is wrong has a wrong floor.</summary>
public class LikelyMistakesTests
{
    private static readonly SeenInput Rgb = Picture(3, 32, 32);

    [Fact]
    public void Codes_of_a_sound_are_compared_one_by_one()
    {
        SeenOutput codes = Output("audio_codes", "ArgMin", [1, 4, 80], index => index % 37, ElementType.Int64);

        Assert.Equal(TaskKind.Positions, Find(Of(Input("audio", 1, 25_600), codes)).Kind);
    }

    [Fact]
    public void The_decoder_of_a_latent_makes_pictures_and_tells_no_classes()
    {
        SeenOutput decoded = Output("sample", "Conv", [1, 3, 64, 64], index => Noise(index) / 2);

        Assert.Equal(TaskKind.Pictures, Find(Of(Picture(4, 8, 8), decoded)).Kind);
        // Values of no picture, and yet no classes of more pixels than there are.
        Assert.Equal(TaskKind.Values, Find(Of(Picture(4, 8, 8), Output("sample", "Conv", [1, 5, 64, 64], Noise))).Kind);
    }

    [Fact]
    public void Offsets_at_every_pixel_are_no_classes()
    {
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("offsets", "Conv", [1, 4, 16, 16], Noise))).Kind);
        Assert.Equal(TaskKind.Pixels, Find(Of(Rgb, Output("logits", "Conv", [1, 4, 16, 16], Noise))).Kind);
    }

    [Fact]
    public void Places_in_a_picture_are_no_scores()
    {
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "MatMul", [1, 63], index => 150 + (20 * Noise(index))))).Kind);
        // With a depth around zero beside them.
        SeenOutput points = Output("y", "MatMul", [1, 63], index => index % 3 == 2 ? Noise(index) : 150 + (20 * Noise(index)));
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, points)).Kind);
        Assert.Equal(TaskKind.Classes, Find(Of(Rgb, Output("y", "MatMul", [1, 63], Noise))).Kind);
    }

    [Fact]
    public void Sure_probabilities_are_no_row_of_a_detection()
    {
        SeenOutput emotion = Output("y", "Softmax", [1, 7], index => index == 6 ? 1 : 0);

        Assert.Equal(TaskKind.Classes, Find(Of(Rgb, emotion)).Kind);
    }

    [Fact]
    public void Outputs_that_the_task_does_not_read_are_known_unless_they_are_answers()
    {
        FoundTask found = Find(
            Of(
                Rgb,
                Output("present", "Sigmoid", [1, 1], _ => 0.9f),
                Output("points", "MatMul", [1, 8], Noise),
                Output("count", "ReduceSum", [1, 1], _ => 3),
                Output("label", "ArgMax", [1, 1], _ => 3, ElementType.Int64)
            )
        );

        Assert.Equal(TaskKind.Decisions, found.Kind);
        Assert.Equal(["points"], found.Others);
    }

    private static FoundTask Find(TaskEvidence evidence) => TaskFinder.Find(evidence, asked: null);
}
