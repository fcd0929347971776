using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Graphs;
using static Quantizer.Core.Tests.Comparison.Tasks.Recognition.Evidence;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

public class TaskFinderTests
{
    private static readonly SeenInput Rgb = Picture(3, 32, 32);

    [Theory]
    [InlineData("logits", "", 12, TaskKind.Classes)]
    [InlineData("y", "Softmax", 12, TaskKind.Classes)]
    [InlineData("y", "Gemm", 10, TaskKind.Classes)]
    [InlineData("y", "GlobalAveragePool", 1000, TaskKind.Classes)]
    // Such widths are those of vectors.
    [InlineData("y", "Gemm", 128, TaskKind.Values)]
    [InlineData("y", "Conv", 96, TaskKind.Embeddings)]
    [InlineData("y", "GlobalAveragePool", 512, TaskKind.Embeddings)]
    [InlineData("embedding", "Gemm", 128, TaskKind.Embeddings)]
    [InlineData("y", "Mul", 12, TaskKind.Values)]
    public void A_vector_is_told_by_its_name_its_end_and_its_width(string name, string end, int length, TaskKind kind) =>
        Assert.Equal(kind, Find(Of(Rgb, Output(name, end, [1, length], Noise))).Kind);

    [Fact]
    public void Probabilities_that_sum_to_1_are_classes_whatever_made_them()
    {
        Assert.Equal(TaskKind.Classes, Find(Of(Rgb, Output("y", "Div", [1, 64], _ => 1 / 64f))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Div", [1, 64], _ => 1.2f / 64))).Kind);
    }

    [Fact]
    public void Labels_that_fit_make_classes_and_others_do_not()
    {
        TaskEvidence evidence = Of(Rgb, Output("y", "Mul", [1, 6], Noise));

        Assert.Equal(TaskKind.Classes, Find(evidence with { LargestLabel = 5 }).Kind);
        Assert.Equal(TaskKind.Values, Find(evidence with { LargestLabel = 6 }).Kind);
    }

    [Fact]
    public void Vectors_of_length_1_are_compared_with_each_other_although_the_data_have_classes()
    {
        SeenOutput unit = Output(
            "y",
            "Div",
            [1, 64],
            index =>
                index == 3 ? 0.6f
                : index == 9 ? -0.8f
                : 0
        );

        Assert.Equal(TaskKind.Embeddings, Find(Of(Rgb, unit) with { LargestLabel = 9 }).Kind);
    }

    [Fact]
    public void An_autoencoder_s_output_is_no_list_of_classes()
    {
        FoundTask found = Find(Of(Input("x", 640), Output("y", "Gemm", [1, 640], Noise)));

        Assert.Equal(TaskKind.Values, found.Kind);
    }

    [Fact]
    public void What_is_in_doubt_is_compared_as_values_and_says_what_it_might_be() =>
        Assert.Equal(
            "y [1,128]: nothing tells another task; it might be classes or embeddings, which --task judges so",
            Find(Of(Rgb, Output("y", "Gemm", [1, 128], Noise))).Why
        );

    [Theory]
    [InlineData("Sigmoid", 0.7f, TaskKind.Decisions)]
    [InlineData("If", 0.7f, TaskKind.Values)]
    [InlineData("Sigmoid", 1.7f, TaskKind.Values)]
    public void One_probability_of_a_Sigmoid_is_a_decision(string end, float value, TaskKind kind) =>
        Assert.Equal(kind, Find(Of(Input("x", 21), Output("y", end, [1, 1], _ => value))).Kind);

    [Fact]
    public void A_language_model_tells_the_next_token_better_than_the_present_one()
    {
        long[] ids = [3, 1, 4, 1, 5, 2];
        float Sure(int index, int offset) => ids.ElementAtOrDefault((index / 8) + offset) == index % 8 ? 9 : 0;
        TaskEvidence Told(int offset) => Of(Tokens(ids), Output("y", "MatMul", [1, 6, 8], index => Sure(index, offset)));

        Assert.Equal(TaskKind.Tokens, Find(Told(1)).Kind);
        // A masked language model tells what stands there.
        Assert.Equal(TaskKind.Positions, Find(Told(0)).Kind);
    }

    [Theory]
    [InlineData("last_hidden_state", "Add", 384, TaskKind.Embeddings)]
    [InlineData("y", "LayerNormalization", 384, TaskKind.Embeddings)]
    [InlineData("logits", "MatMul", 9, TaskKind.Positions)]
    [InlineData("y", "MatMul", 9, TaskKind.Positions)]
    [InlineData("y", "MatMul", 128, TaskKind.Values)]
    public void Taggers_and_encoders_are_told_apart(string name, string end, int width, TaskKind kind) =>
        Assert.Equal(kind, Find(Of(Tokens(500, 600, 700, 800), Output(name, end, [1, 4, width], Noise))).Kind);

    [Fact]
    public void Scores_of_every_pixel_are_as_large_as_the_picture_or_probabilities()
    {
        Assert.Equal(TaskKind.Pixels, Find(Of(Rgb, Output("y", "Conv", [1, 11, 32, 32], Noise))).Kind);
        Assert.Equal(TaskKind.Pixels, Find(Of(Rgb, Output("y", "Softmax", [1, 4, 8, 8], _ => 0.25f))).Kind);
        // A displacement of every pixel, from the size of a smaller map to that of the picture.
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Mul", [1, 2, 32, 32], Noise))).Kind);
        // One heat map for each of four points.
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Sigmoid", [1, 4, 16, 16], index => index % 50 == 0 ? 0.9f : 0.01f))).Kind);
        // A latent of a diffusion network, and what is to be taken from it.
        Assert.Equal(TaskKind.Values, Find(Of(Picture(4, 16, 16), Output("y", "Conv", [1, 4, 16, 16], Noise))).Kind);
        // Heat maps and feature maps.
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Conv", [1, 17, 8, 8], Noise))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Conv", [1, 11, 15, 15], Noise))).Kind);
        Assert.Equal(TaskKind.Pixels, Find(Of(Rgb, Output("y", "ArgMax", [1, 32, 32], index => index % 5, ElementType.Int64))).Kind);
    }

    [Fact]
    public void A_mask_is_nearly_decided_and_a_depth_map_is_not()
    {
        Assert.Equal(TaskKind.Masks, Find(Of(Rgb, Output("y", "Sigmoid", [1, 1, 32, 32], index => index % 9 == 0 ? 0.97f : 0.02f))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Sigmoid", [1, 1, 32, 32], index => index / 1024f))).Kind);
    }

    [Fact]
    public void Classes_that_the_network_has_sorted_out_are_compared_as_such()
    {
        SeenOutput sorted = Output("probs", "TopK", [1, 3], index => 0.5f / (1 + index));
        SeenOutput best = Output("ids", "TopK", [1, 3], index => 7 + index, ElementType.Int64);
        SeenOutput label = Output("label", "ArgMax", [1], _ => 7, ElementType.Int64);

        Assert.Equal("label [1]: the class, by ArgMax", Find(Of(Rgb, label)).Why);
        FoundTask ofBest = Find(Of(Rgb, sorted, best));
        Assert.Equal((TaskKind.Classes, "ids [1,3]: the best classes, best first, by TopK"), (ofBest.Kind, ofBest.Why));
        Assert.Equal(["ids"], ofBest.Task.Outputs);
        // Sorted scores alone tell nothing.
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, sorted)).Kind);
        // Probabilities beside the label tell more.
        Assert.Equal(["shares"], Find(Of(Rgb, label, Output("shares", "Softmax", [1, 4], _ => 0.25f))).Task.Outputs);
        Assert.Equal(
            TaskKind.Positions,
            Find(Of(Tokens(3, 1, 2), Output("tags", "ArgMax", [1, 3], index => index, ElementType.Int64))).Kind
        );
        Assert.Equal(TaskKind.Positions, Find(Of(Input("x", 60, 8), Output("y", "LogSoftmax", [1, 60, 5], Noise))).Kind);
    }

    [Fact]
    public void A_span_of_a_text_has_scores_of_its_start_and_its_end()
    {
        FoundTask found = Find(
            Of(Tokens(5, 1, 2), Output("start_logits", "Squeeze", [1, 3], Noise), Output("end_logits", "Squeeze", [1, 3], Noise))
        );

        Assert.Equal(TaskKind.Classes, found.Kind);
        Assert.Equal(["start_logits", "end_logits"], found.Task.Outputs);
        // Of other lengths than the text.
        Assert.NotEqual(
            ["start", "end"],
            Find(Of(Tokens(5, 1, 2), Output("start", "Gemm", [1, 4], Noise), Output("end", "Gemm", [1, 4], Noise))).Task.Outputs
        );
    }

    [Fact]
    public void Masks_may_be_several_or_want_their_sigmoid_yet()
    {
        FoundTask several = Find(Of(Rgb, Output("y", "Sigmoid", [1, 4, 32, 32], index => index % 9 == 0 ? 0.97f : 0.02f)));
        FoundTask logits = Find(Of(Rgb, Output("y", "Conv", [1, 1, 32, 32], index => index % 9 == 0 ? 6 : -7)));

        Assert.Equal(TaskKind.Masks, several.Kind);
        Assert.Contains("a probability for each of 32x32 pixels of 4 masks", several.Why, StringComparison.Ordinal);
        Assert.Equal(TaskKind.Masks, logits.Kind);
        Assert.Contains("the logit of a probability", logits.Why, StringComparison.Ordinal);
        // Peaks of heat maps as large as the picture; a depth; a map of features.
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Sigmoid", [1, 4, 32, 32], index => index % 99 == 0 ? 0.97f : 0))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Conv", [1, 1, 32, 32], index => 3 + (index % 50)))).Kind);
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output("y", "Conv", [1, 1, 32, 32], index => Noise(index) * 2))).Kind);
    }

    [Theory]
    [InlineData(0f, 1f, 64, TaskKind.Pictures)]
    [InlineData(0f, 255f, 32, TaskKind.Pictures)]
    [InlineData(-1f, 1f, 32, TaskKind.Pictures)]
    // Scores of three classes.
    [InlineData(-7f, 12f, 32, TaskKind.Pixels)]
    public void A_picture_has_the_channels_and_the_range_of_one(float low, float high, int size, TaskKind kind) =>
        Assert.Equal(kind, Find(Of(Rgb, Output("y", "Conv", [1, 3, size, size], index => low + ((high - low) * (index % 97) / 96)))).Kind);

    [Fact]
    public void A_line_of_text_is_read_with_many_blanks()
    {
        SeenInput line = Picture(3, 48, 320);
        SeenOutput Reading(int blanks) =>
            Output("y", "Softmax", [1, 40, 95], index => index % 95 == (index / 95 < blanks ? 0 : 1 + (index / 95)) ? 1 : 0);

        Assert.Equal(TaskKind.Text, Find(Of(line, Reading(20))).Kind);
        Assert.NotEqual(TaskKind.Text, Find(Of(line, Reading(2))).Kind);
        Assert.NotEqual(TaskKind.Text, Find(Of(Picture(3, 320, 48), Reading(20))).Kind);
    }

    [Theory]
    [InlineData("landmarks")]
    [InlineData("head_pose")]
    [InlineData("faceKeypoints")]
    [InlineData("out/bbox:0")]
    public void Quantities_that_an_output_is_called_after_are_no_classes(string name) =>
        Assert.Equal(TaskKind.Values, Find(Of(Rgb, Output(name, "Gemm", [1, 10], Noise))).Kind);

    [Fact]
    public void A_sound_is_no_vector_and_what_a_sound_is_made_into_is()
    {
        Assert.Equal(TaskKind.Values, Find(Of(Input("mel", 80, 16), Output("wav", "Tanh", [1, 1, 2048], Noise))).Kind);
        Assert.Equal(TaskKind.Embeddings, Find(Of(Input("mel", 80, 16), Output("audio_embeds", "Gemm", [1, 512], Noise))).Kind);
    }

    [Theory]
    [InlineData("transpose_3")]
    [InlineData("Transpose")]
    [InlineData("pose_class_scores")]
    public void Names_that_only_hold_such_a_word_tell_nothing(string name) =>
        Assert.Equal(TaskKind.Classes, Find(Of(Rgb, Output(name, "Gemm", [1, 10], Noise))).Kind);

    [Fact]
    public void What_always_has_the_same_winner_is_judged_as_values_unless_something_tells_that_it_is_classes()
    {
        TaskEvidence Seen(string name, string end, Func<int, float> value) =>
            Of(Rgb, Output(name, end, [1, 10], value)) with
            {
                HasOneWinner = () => true,
            };

        FoundTask found = Find(Seen("y", "Gemm", Noise));
        Assert.Equal(TaskKind.Values, found.Kind);
        Assert.Contains("it might be classes, which --task judges so", found.Why, StringComparison.Ordinal);
        Assert.Equal(TaskKind.Values, Find(Seen("y", "GlobalAveragePool", Noise)).Kind);
        Assert.Equal(TaskKind.Classes, Find(Seen("logits", "Gemm", Noise)).Kind);
        Assert.Equal(TaskKind.Classes, Find(Seen("y", "Softmax", _ => 0.1f)).Kind);
        Assert.Equal(TaskKind.Classes, Find(Seen("y", "Gemm", Noise) with { LargestLabel = 9 }).Kind);
    }

    [Fact]
    public void A_task_is_forced_where_the_shapes_allow_it()
    {
        TaskEvidence evidence = Of(Rgb, Output("y", "Mul", [1, 12], Noise)) with { IsAsked = true };

        Assert.Equal(TaskKind.Classes, TaskFinder.Find(evidence, TaskKind.Classes).Kind);
        Assert.Equal(TaskKind.Embeddings, TaskFinder.Find(evidence, TaskKind.Embeddings).Kind);
        Assert.Equal(TaskKind.Values, TaskFinder.Find(evidence, TaskKind.Values).Kind);
        Assert.Equal(
            "The task 'pixels' does not fit the outputs that the FP32 model gives for the first sample: found y [1,12]. Give another --task, "
                + "or leave it out: it is then found from the outputs.",
            Assert.Throws<QuantizationException>(() => TaskFinder.Find(evidence, TaskKind.Pixels)).Message
        );
    }

    [Fact]
    public void A_network_without_numbers_is_compared_as_values() => Assert.Equal(TaskKind.Values, Find(Of(Rgb)).Kind);

    private static FoundTask Find(TaskEvidence evidence) => TaskFinder.Find(evidence, asked: null);
}
