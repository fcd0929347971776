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

    [Fact]
    public void Coordinates_of_points_are_no_scores()
    {
        // Twenty-one joints about the middle of the picture.
        float Joint(int index) => (10 * (index % 3)) - 10 + MathF.Cos(index / 3 / 4f);

        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Gemm", [1, 63], Joint))).Kind);
        Assert.Equal(TaskKind.Classes, Find(Of(Rgb, Output("y", "Gemm", [1, 63], Noise))).Kind);
        Assert.Equal(TaskKind.Classes, Find(Of(Rgb, Output("y", "Gemm", [1, 63], Joint)) with { LargestLabel = 62 }).Kind);
    }

    [Fact]
    public void Numbers_that_are_much_like_their_neighbours_are_judged_as_values_unless_something_tells_that_they_are_classes() =>
        AssertValuesUnlessTold(
            (name, end) => Of(Input("x", 48), Output(name, end, [1, 24], Noise)) with { IsSmooth = () => true },
            "logits"
        );

    [Fact]
    public void Numbers_of_which_none_rises_at_the_cost_of_others_are_judged_as_values_unless_something_tells_that_they_are_classes() =>
        AssertValuesUnlessTold((name, end) => Of(Rgb, Output(name, end, [1, 8], Noise)) with { AreRivals = () => false }, "cls");

    /// <param name="seen">From the name of an output and the operator at its end.</param>
    /// <param name="scores">A name that tells scores.</param>
    private static void AssertValuesUnlessTold(Func<string, string, TaskEvidence> seen, string scores)
    {
        FoundTask found = Find(seen("output", "Gemm"));

        Assert.Equal(TaskKind.Values, found.Kind);
        Assert.Contains("it might be classes, which --task judges so", found.Why, StringComparison.Ordinal);
        Assert.Equal(TaskKind.Classes, Find(seen(scores, "Gemm")).Kind);
        Assert.Equal(TaskKind.Classes, Find(seen("output", "Softmax")).Kind);
        Assert.Equal(TaskKind.Classes, Find(seen("output", "Gemm") with { LargestLabel = 7 }).Kind);
    }

    [Theory]
    [InlineData("input_ids", "decoder_input_ids")]
    [InlineData("decoder_attention_mask", "decoder_input_ids")]
    [InlineData("attention_mask", "input_ids")]
    public void The_next_token_is_one_of_those_that_the_decoder_writes(string first, string written)
    {
        long[] ids = [3, 1, 4, 1, 5, 2];
        TaskEvidence evidence = Of(
            Tokens(1, 1, 1, 1, 1, 1) with
            {
                Name = first,
            },
            Output("y", "Div", [1, 6, 8], index => ids.ElementAtOrDefault((index / 8) + 1) == index % 8 ? 9 : 0)
        );

        FoundTask found = Find(evidence with { Inputs = [.. evidence.Inputs, Tokens(ids) with { Name = written }] });

        Assert.Equal((TaskKind.Tokens, $"y [1,6,8]: scores of the next token of {written}"), (found.Kind, found.Why));
    }

    [Theory]
    [InlineData("Sigmoid", false)]
    [InlineData("Slice", true)]
    public void Labels_of_each_frame_of_a_sound_are_decisions_and_no_boxes(string end, bool isPart)
    {
        // Twelve keys at 42 frames of a spectrogram, which grids over the "picture" would have as cells.
        SeenInput spectrogram = Picture(1, 64, 32);
        SeenOutput Frames(string name, Func<int, float> value) => Output(name, end, [1, 42, 12], value) with { ArePartOfSigmoid = isPart };
        float Key(int index) => index % 29 == 0 ? 0.97f : 0.02f;

        Assert.Equal(TaskKind.Decisions, Find(Of(spectrogram, Frames("onsets", Key), Frames("frames", Key))).Kind);
        // Shares of something, coordinates, and an input that is given back.
        Assert.Equal(TaskKind.Values, Find(Of(spectrogram, Frames("y", index => 0.2f + (index % 7 / 10f)))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(spectrogram, Frames("coords", Key))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(Input("x", 12, 42), Frames("y", Key))).Kind);
    }

    [Fact]
    public void Boxes_that_are_asked_for_may_come_out_of_a_Sigmoid()
    {
        SeenOutput cells = Output("y", "Sigmoid", [1, 84, 6], _ => 0.4f);
        TaskEvidence evidence = Of(Picture(3, 64, 64), cells);

        Assert.Equal(TaskKind.Boxes, TaskFinder.Find(evidence with { IsAsked = true }, TaskKind.Boxes).Kind);
        Assert.Equal(TaskKind.Values, Find(evidence).Kind);
    }

    [Fact]
    public void Speech_is_read_from_its_features_by_logarithms_of_probabilities()
    {
        SeenOutput Reading(int blanks, string end) =>
            Output("y", end, [1, 40, 29], index => index % 29 == (index / 29 < blanks ? 0 : 1 + (index / 29 % 28)) ? -0.1f : -9);

        Assert.Equal(TaskKind.Text, Find(Of(Input("x", 80, 13), Reading(20, "LogSoftmax"))).Kind);
        Assert.Equal(TaskKind.Text, Find(Of(Input("x", 13, 160), Reading(20, "LogSoftmax"))).Kind);
        // Frames sorted into classes have no blank; numbers of other lengths are no frames.
        Assert.Equal(TaskKind.Positions, Find(Of(Input("x", 80, 13), Reading(2, "LogSoftmax"))).Kind);
        Assert.Equal(TaskKind.Positions, Find(Of(Input("x", 30, 13), Reading(20, "LogSoftmax"))).Kind);
        Assert.NotEqual(TaskKind.Text, Find(Of(Input("x", 80, 13), Reading(20, "MatMul"))).Kind);
    }

    [Fact]
    public void The_nodes_of_a_graph_are_classes_of_positions_where_the_name_says_so_or_it_is_asked_for()
    {
        TaskEvidence Nodes(string name) => Of(Input("x", 20, 8), Output(name, "Gemm", [20, 4], Noise));

        Assert.Equal(TaskKind.Positions, Find(Nodes("logits")).Kind);
        Assert.Equal(TaskKind.Values, Find(Nodes("y")).Kind);
        Assert.Equal(TaskKind.Positions, TaskFinder.Find(Nodes("y") with { IsAsked = true }, TaskKind.Positions).Kind);
        // Scores of things that are found, beside where they are.
        TaskEvidence found = Of(Rgb, Output("scores", "Gemm", [20, 4], Noise), Output("places", "Gemm", [20, 2], Noise));
        Assert.NotEqual(TaskKind.Positions, Find(found).Kind);
    }

    [Theory]
    [InlineData("Softmax", TaskKind.Positions)]
    [InlineData("LogSoftmax", TaskKind.Positions)]
    [InlineData("Add", TaskKind.Values)]
    public void The_nodes_of_a_graph_are_classes_of_positions_where_each_has_a_Softmax_of_its_own(string end, TaskKind kind)
    {
        SeenOutput Nodes(int nodes, float share) => Output("out", end, [nodes, 4], _ => end == "LogSoftmax" ? MathF.Log(share) : share);
        SeenInput features = Input("x", 20, 8);

        Assert.Equal(kind, Find(Of(features, Nodes(20, 0.25f))).Kind);
        // Over the nodes; of nodes that no input has; beside another output.
        Assert.Equal(TaskKind.Values, Find(Of(features, Nodes(20, 0.05f))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(features, Nodes(19, 0.25f))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(features, Nodes(20, 0.25f), Output("at", "Gemm", [20, 2], Noise))).Kind);
    }

    [Theory]
    [InlineData("point_logits", 64, 6, TaskKind.Positions)]
    [InlineData("seg_scores", 3, 64, TaskKind.Positions)]
    [InlineData("y", 64, 6, TaskKind.Values)]
    [InlineData("point_features", 64, 6, TaskKind.Values)]
    [InlineData("point_logits", 63, 6, TaskKind.Values)]
    public void Points_of_a_cloud_are_classes_of_positions_where_the_name_says_so(string name, int rows, int columns, TaskKind kind)
    {
        SeenOutput points = Output(name, "Add", [1, 64, 5], Noise);

        Assert.Equal(kind, Find(Of(Input("points", rows, columns), points)).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(Input("points", rows, columns), points, Output("boxes", "Add", [1, 64, 7], Noise))).Kind);
    }

    [Theory]
    [InlineData("flow")]
    [InlineData("predicted_flow")]
    [InlineData("latent")]
    [InlineData("depth")]
    public void Maps_that_are_named_after_quantities_are_no_classes_of_pixels(string name) =>
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output(name, "Conv", [1, 2, 32, 32], Noise))).Kind);

    [Theory]
    [InlineData("logits", "Conv", TaskKind.Pixels)]
    [InlineData("y", "Conv", TaskKind.Values)]
    [InlineData("class_peaks", "Sigmoid", TaskKind.Values)]
    public void Scores_of_a_quarter_of_the_picture_s_size_are_classes_of_pixels_where_their_name_says_so(
        string name,
        string end,
        TaskKind kind
    )
    {
        SeenOutput output = Output(name, end, [1, 11, 8, 8], index => end == "Sigmoid" ? 0.01f * (index % 20) : Noise(index));

        Assert.Equal(kind, Find(Of(Rgb, output)).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, output, Output("boxes", "Conv", [1, 4, 8, 8], Noise))).Kind);
    }

    [Theory]
    [InlineData("heatmaps", TaskKind.Values)]
    [InlineData("keypoint_logits", TaskKind.Values)]
    [InlineData("out/hm_2", TaskKind.Values)]
    [InlineData("hmm", TaskKind.Pixels)]
    public void Heat_maps_are_told_by_their_name(string name, TaskKind kind)
    {
        TaskEvidence evidence = Of(Rgb, Output(name, "Conv", [1, 5, 16, 16], Noise));

        Assert.Equal(kind, Find(evidence).Kind);
        Assert.Equal(TaskKind.Pixels, TaskFinder.Find(evidence with { IsAsked = true }, TaskKind.Pixels).Kind);
    }

    [Theory]
    [InlineData(5, 16, 16)]
    [InlineData(16, 16, 5)]
    public void Maps_of_which_each_is_a_Softmax_over_its_own_pixels_are_heat_maps(params int[] shape)
    {
        SeenInput picture = shape[0] == 5 ? Rgb : Input("x", 32, 32, 3);
        int points = 5;
        // At every pixel the five shares sum to another number; those of all pixels of a point to 1.
        int PixelOf(int index) => shape[0] == 5 ? index % 256 : index / points;
        SeenOutput output = Output("y", "Softmax", [1, .. shape.Select(size => (long)size)], index => PixelOf(index) / (255f * 128));

        Assert.Equal(TaskKind.Values, Find(Of(picture, output)).Kind);
        Assert.Equal(TaskKind.Pixels, Find(Of(picture, output with { Values = [.. output.Values.Select(_ => 0.2f)] })).Kind);
    }

    [Theory]
    [InlineData(3, TaskKind.Pictures)]
    // The class of each pixel.
    [InlineData(1, TaskKind.Pixels)]
    public void Bytes_of_three_channels_are_a_picture(int channels, TaskKind kind)
    {
        SeenOutput output = Output("y", "Transpose", [1, 32, 32, channels], index => index % 7, ElementType.UInt8);

        Assert.Equal(kind, Find(Of(Input("x", 32, 32, 3), output)).Kind);
    }

    private static FoundTask Find(TaskEvidence evidence) => TaskFinder.Find(evidence, asked: null);
}
