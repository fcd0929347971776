using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Samples.Records;

namespace Quantizer.Core.Tests.Samples.Binding;

public class RandomRecordsTests
{
    private static readonly TableLimits NoTables = new(new Graph());

    [Fact]
    public void Floats_are_standard_normal()
    {
        float[] values = Values(Random([new("x", ElementType.Float, [1, 100, 200])], NoTables, 1, seed: 3), 0);

        Assert.Equal(20_000, values.Length);
        Assert.InRange(values.Average(), -0.03, 0.03);
        Assert.InRange(values.Average(value => value * value), 0.97, 1.03);
        Assert.InRange(values.Count(value => MathF.Abs(value) > 1.96f) / 20_000.0, 0.045, 0.055);
    }

    [Fact]
    public void Samples_follow_from_seed_and_index_alone()
    {
        TensorSignature[] inputs = [new("x", ElementType.Float, [1, 8])];

        Assert.Equal(Values(Random(inputs, NoTables, 9, 1), 4), Values(Random(inputs, NoTables, 5, 1), 4));
        Assert.NotEqual(Values(Random(inputs, NoTables, 5, 1), 4), Values(Random(inputs, NoTables, 5, 2), 4));
        Assert.NotEqual(Values(Random(inputs, NoTables, 5, 1), 4), Values(Random(inputs, NoTables, 5, 1), 3));
    }

    [Fact]
    public void Whole_numbers_are_rows_of_the_table_that_they_are_looked_up_in()
    {
        OnnxModel model = new GraphBuilder()
            .Input("ids", [1, 500], ElementType.Int64)
            .Constant("table", [7, 2], new float[14])
            .Node("Gather", ["table", "ids"], ["y"])
            .Output("y")
            .Build();

        float[] values = Values(Random([new("ids", ElementType.Int64, [1, 500])], new TableLimits(model.Graph), 1, seed: 0), 0);

        Assert.Equal([0f, 1f, 2f, 3f, 4f, 5f, 6f], values.Distinct().Order());
    }

    [Fact]
    public void Whole_numbers_of_no_known_table_are_0_and_1_and_a_note_says_so()
    {
        RandomRecords records = Random([new("n", ElementType.Int32, [1, 100])], NoTables, 1, seed: 0);

        Assert.Equal([0f, 1f], Values(records, 0).Distinct().Order());
        Assert.Contains("'n'", Assert.Single(records.Notes));
    }

    [Fact]
    public void Open_sizes_are_taken_and_told()
    {
        RandomRecords records = Random(
            [new("p", ElementType.Float, ["N", 3, "H", "W"]), new("ids", ElementType.UInt8, ["N", "T"])],
            NoTables,
            1,
            seed: 0
        );

        Assert.Equal(
            [
                [1, 3, 224, 224],
                [1, 64],
            ],
            records.Load(0).Select(array => array.Shape)
        );
        Assert.Equal(
            [
                "Input 'p' leaves sizes open; random samples take 224 for 'H', 224 for 'W'.",
                "Input 'ids' leaves sizes open; random samples take 64 for 'T'.",
            ],
            records.Notes
        );
    }

    [Theory]
    [InlineData(4, 64)]
    [InlineData(320, 32)]
    [InlineData(1, 224)]
    public void Pictures_latents_and_feature_maps_have_their_usual_sizes(int channels, int size) =>
        Assert.Equal(
            [1, channels, size, size],
            Random([new("x", ElementType.Float, ["N", channels, "H", "W"])], NoTables, 1, seed: 0).Load(0)[0].Shape
        );

    [Fact]
    public void An_axis_of_one_name_has_one_size_and_a_sum_is_that_of_its_parts()
    {
        RandomRecords records = Random(
            [
                new("image", ElementType.Float, ["N", 4, "side", "side"]),
                new("words", ElementType.Float, ["N", "side", 8]),
                new("scores", ElementType.Float, ["N", "more", "side + more + 2"]),
            ],
            NoTables,
            1,
            seed: 0
        );

        Assert.Equal(
            [
                [1, 4, 64, 64],
                [1, 64, 8],
                [1, 64, 130],
            ],
            records.Load(0).Select(array => array.Shape)
        );
    }

    [Fact]
    public void The_positions_of_caches_are_none_and_masks_leave_every_position_on()
    {
        RandomRecords records = Random(
            [
                new("inputs_embeds", ElementType.Float, ["N", "T", 8]),
                new("past_key_values.0.key", ElementType.Float, ["N", 2, "P", 4]),
                new("tree_mask", ElementType.Int64, ["N", "T", "P + T"]),
            ],
            NoTables,
            1,
            seed: 0,
            "past_key_values.0.key"
        );

        IReadOnlyList<RawArray> made = records.Load(0);
        Assert.Equal(
            [
                [1, 64, 8],
                [1, 64, 64],
            ],
            made.Select(array => array.Shape)
        );
        Assert.All(
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(made[1].Data.Span).ToArray(),
            value => Assert.Equal(1, value)
        );
        Assert.DoesNotContain(records.Notes, note => note.Contains("does not tell", StringComparison.Ordinal));
    }

    [Fact]
    public void What_stands_in_for_data_is_not_made_at_random() =>
        Assert.Equal(
            ["input_ids"],
            Random(
                [new("input_ids", ElementType.Int64, [1, 4]), new("attention_mask", ElementType.Int64, [1, 4])],
                NoTables,
                1,
                seed: 0
            ).Inputs
        );

    [Fact]
    public void An_input_of_unknown_rank_is_refused_by_name() =>
        Assert.Contains(
            "--input x=VALUE",
            Assert.Throws<UsageException>(() => Random([new("x", ElementType.Float, null)], NoTables, 1, seed: 0)).Message
        );

    private static RandomRecords Random(TensorSignature[] inputs, TableLimits limits, int count, int seed, params string[] caches) =>
        new(new DataRequest(inputs, new InputOptions()) { Caches = caches }, limits, count, seed);

    private static float[] Values(RandomRecords records, int index) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(records.Load(index).Single().Data.Span).ToArray();
}
