using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;

namespace Quantizer.Core.Tests.Samples.Binding;

public class SequenceMaskTests
{
    private static readonly TensorSignature[] Open =
    [
        new("input_ids", ElementType.Int64, ["batch", "sequence"]),
        new("attention_mask", ElementType.Int64, ["batch", "sequence"]),
        new("features", ElementType.Float, ["batch", "sequence", 2]),
    ];

    private static readonly TensorSignature[] Fixed =
    [
        new("input_ids", ElementType.Int64, ["batch", 4]),
        new("attention_mask", ElementType.Int64, ["batch", 4]),
    ];

    [Fact]
    public void Padding_behind_a_sentence_of_open_length_is_cut()
    {
        (Dictionary<string, TensorValue> inputs, PositionMask? mask) = Apply(Open, [1, 1, 0, 0]);

        Assert.Null(mask);
        Assert.Equal([1, 2], inputs["input_ids"].Shape);
        Assert.Equal([1, 2], inputs["attention_mask"].Shape);
        Assert.Equal([10L, 11], MemoryMarshal.Cast<byte, long>(inputs["input_ids"].Data.Span).ToArray());
        Assert.Equal([1, 2, 2], inputs["features"].Shape);
        Assert.Equal([0f, 1, 2, 3], inputs["features"].Floats.ToArray());
    }

    [Theory]
    [InlineData(new long[] { 0, 0, 1, 1 })]
    [InlineData(new long[] { 1, 0, 1, 0 })]
    public void Elsewhere_it_stays_and_is_told(long[] mask)
    {
        (Dictionary<string, TensorValue> inputs, PositionMask? told) = Apply(Open, mask);

        Assert.Equal([1, 4], inputs["input_ids"].Shape);
        Assert.Equal(mask.Select(value => value == 1), Enumerable.Range(0, 4).Select(position => told![position]));
    }

    [Fact]
    public void A_model_of_fixed_length_keeps_its_padding()
    {
        (Dictionary<string, TensorValue> inputs, PositionMask? mask) = Apply(Fixed, [1, 1, 1, 0]);

        Assert.Equal([1, 4], inputs["input_ids"].Shape);
        Assert.Equal([(0, 3)], mask!.Stretches);
    }

    [Fact]
    public void Padding_in_front_is_cut_where_positions_have_numbers_of_their_own()
    {
        TensorSignature[] inputs = [.. Open, new("position_ids", ElementType.Int64, ["batch", "sequence"])];

        (Dictionary<string, TensorValue> cut, PositionMask? mask) = Apply(inputs, [0, 0, 1, 1]);

        Assert.Null(mask);
        Assert.Equal([12L, 13], MemoryMarshal.Cast<byte, long>(cut["position_ids"].Data.Span).ToArray());
    }

    [Fact]
    public void A_mask_of_ones_changes_nothing_and_one_of_zeros_is_broken()
    {
        (Dictionary<string, TensorValue> inputs, PositionMask? mask) = Apply(Open, [1, 1, 1, 1]);

        Assert.Equal((4, null), ((int)inputs["input_ids"].Shape[1], mask));
        Assert.Contains("switches every position off", Assert.Throws<QuantizationException>(() => Apply(Open, [0, 0, 0, 0])).Message);
    }

    [Fact]
    public void A_mask_is_found_by_its_name_and_axes_or_named()
    {
        TensorSignature picture = new("mask", ElementType.Float, ["N", 1, 8, 8]);
        TensorSignature odd = new("valid", ElementType.Float, ["batch", "sequence"]);

        Assert.Null(SequenceMask.Find([Open[0], picture], null));
        Assert.Null(SequenceMask.Find([Open[0], odd], null));
        Assert.NotNull(SequenceMask.Find([Open[0], odd], "valid"));
        Assert.NotNull(SequenceMask.Find(Open, null));
    }

    [Fact]
    public void A_mask_beside_vectors_of_a_sequence_is_found()
    {
        TensorSignature features = new("feats", ElementType.Float, ["N", "T", 2]),
            ofOtherLength = new("attention_mask", ElementType.Int64, ["N", "S"]),
            ofPyTorch = new("src_key_padding_mask", ElementType.Bool, ["N", "T"]);

        Assert.Null(SequenceMask.Find([features, ofOtherLength], null));
        Assert.Null(SequenceMask.Find([features, ofPyTorch], null));
        (Dictionary<string, TensorValue> inputs, _) = Apply([features, new("attention_mask", ElementType.Int64, ["N", "T"])], [1, 1, 1, 0]);
        Assert.Equal([1, 3, 2], inputs["feats"].Shape);
    }

    [Fact]
    public void The_mask_of_what_a_decoder_reads_is_none_of_what_it_writes()
    {
        TensorSignature ids = new("input_ids", ElementType.Int64, ["N", "T"]),
            mask = new("encoder_attention_mask", ElementType.Int64, ["N", "S"]),
            states = new("encoder_hidden_states", ElementType.Float, ["N", "S", 2]);

        Assert.Null(SequenceMask.Find([mask, ids], null));
        Assert.Equal([mask.Name], SequenceMask.Find([mask, ids, states], null)!.Names);
    }

    [Fact]
    public void Each_side_is_cut_by_the_mask_of_its_own()
    {
        string[] names = ["input_ids", "attention_mask", "decoder_input_ids", "decoder_attention_mask", "global_attention_mask"];
        // Without names of axes, equal lengths tell nothing.
        TensorSignature[] inputs =
        [
            .. names.Select(name => new TensorSignature(name, ElementType.Int64, [new Dimension(null), new Dimension(null)])),
        ];
        SequenceMask masks = SequenceMask.Find(inputs, null)!;

        (Dictionary<string, TensorValue> cut, PositionMask? told) = masks.Apply(
            new Dictionary<string, TensorValue>
            {
                ["input_ids"] = Int64s([1, 2, 3, 4]),
                ["attention_mask"] = Int64s([1, 1, 1, 0]),
                ["decoder_input_ids"] = Int64s([5, 6, 7, 8]),
                ["decoder_attention_mask"] = Int64s([1, 1, 0, 0]),
                ["global_attention_mask"] = Int64s([1, 0, 0, 0]),
            }
        );

        Assert.Null(told);
        Assert.Equal(["attention_mask", "decoder_attention_mask"], masks.Names);
        Assert.Equal([3, 3, 2, 2, 3], names.Select(name => (int)cut[name].Shape[1]));
    }

    [Theory]
    [InlineData(0, 2)]
    // What the cache holds is masked, too: cutting the mask alone would not fit.
    [InlineData(1, null)]
    public void A_mask_that_covers_a_cache_is_cut_with_its_sequence_or_not_at_all(int past, int? length)
    {
        TensorSignature[] inputs =
        [
            new("input_ids", ElementType.Int64, ["N", "T"]),
            new("attention_mask", ElementType.Int64, ["N", "P + T"]),
            new("position_ids", ElementType.Int64, ["N", "T"]),
        ];

        (Dictionary<string, TensorValue> cut, PositionMask? told) = SequenceMask
            .Find(inputs, null)!
            .Apply(
                new Dictionary<string, TensorValue>
                {
                    ["input_ids"] = Int64s(new long[4 - past]),
                    ["attention_mask"] = Int64s([0, 0, 1, 1]),
                    ["position_ids"] = Int64s(new long[4 - past]),
                }
            );

        Assert.Equal(length is null, told is not null);
        Assert.Equal([length ?? 3, length ?? 4, length ?? 3], inputs.Select(input => (int)cut[input.Name].Shape[1]));
    }

    [Theory]
    [InlineData(new[] { 1f, 1, 0, 0 }, 2)]
    // Numbers that are added to scores, and zeros alone, which may be such numbers.
    [InlineData(new[] { 0f, 0, -10000, -10000 }, 4)]
    [InlineData(new[] { 0f, 0, float.NegativeInfinity, float.NegativeInfinity }, 4)]
    [InlineData(new[] { 0f, 0, 0, 0 }, 4)]
    public void One_of_floats_switches_off_where_it_holds_ones_and_zeros_alone(float[] values, int length)
    {
        TensorSignature[] inputs = [Open[0], new("attention_mask", ElementType.Float, ["batch", "sequence"])];
        Dictionary<string, TensorValue> sample = new()
        {
            ["input_ids"] = Int64s([10, 11, 12, 13]),
            ["attention_mask"] = TensorValue.FromFloats([1, 4], values),
        };

        (Dictionary<string, TensorValue> cut, PositionMask? mask) = SequenceMask.Find(inputs, null)!.Apply(sample);

        Assert.Null(mask);
        Assert.Equal([1, length], cut["input_ids"].Shape);
        if (values.Contains(-10000))
        {
            Assert.Contains(
                "its 'attention_mask' holds -10000; a mask holds 1 where a position counts, else 0",
                Assert.Throws<QuantizationException>(() => SequenceMask.Find(inputs, "attention_mask")!.Apply(sample)).Message
            );
        }
    }

    private static (Dictionary<string, TensorValue>, PositionMask?) Apply(TensorSignature[] inputs, long[] mask)
    {
        Dictionary<string, TensorValue> values = [];
        foreach (TensorSignature input in inputs)
        {
            values[input.Name] =
                input.Type == ElementType.Float ? TensorValue.FromFloats([1, 4, 2], [0, 1, 2, 3, 4, 5, 6, 7])
                : input.Name == "attention_mask" ? Int64s(mask)
                : Int64s([10, 11, 12, 13]);
        }
        return SequenceMask.Find(inputs, null)!.Apply(values);
    }

    private static TensorValue Int64s(long[] values) =>
        new(ElementType.Int64, [1, values.Length], MemoryMarshal.AsBytes<long>(values).ToArray());
}
