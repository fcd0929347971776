using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Samples.Records;

namespace Quantizer.Core.Tests.Samples.Binding;

public class CacheInputTests
{
    private static readonly TensorSignature Ids = new("input_ids", ElementType.Int64, ["batch", "sequence"]);
    private static readonly TensorSignature Mask = new("attention_mask", ElementType.Int64, ["batch", "past + sequence"]);
    private static readonly TensorSignature Positions = new("position_ids", ElementType.Int64, ["batch", "sequence"]);
    private static readonly TensorSignature Switch = new("use_cache_branch", ElementType.Bool, [1]);

    private static readonly TensorSignature[] Decoder =
    [
        Ids,
        Mask,
        Positions,
        Cache("past_key_values.0.key"),
        Cache("past_key_values.0.value"),
        Cache("past_key_values.1.key"),
        Cache("past_key_values.1.value"),
        Switch,
    ];

    private static readonly TensorSignature[] Outputs =
    [
        new("logits", ElementType.Float, ["batch", "sequence", 9]),
        Grown("present.0.key"),
        Grown("present.0.value"),
        Grown("present.1.key"),
        Grown("present.1.value"),
    ];

    [Theory]
    [InlineData("past_key_values.0.key", "present.0.key")]
    [InlineData("past_key_values.1.decoder.value", "present.1.decoder.value")]
    [InlineData("past_key_values.0.encoder.key", "present.0.encoder.key")]
    [InlineData("past_key_self_3", "present_key_self_3")]
    [InlineData("k_cache", "k_cache_out")]
    [InlineData("in_cache0", "out_cache0")]
    public void A_cache_has_the_output_that_is_called_alike(string input, string output)
    {
        CacheInput found = Assert.Single(
            CacheInput.Of([Ids, Cache(input)], [.. Outputs[1..].Where(one => one.Name != output), Grown(output)])
        );

        Assert.Equal((output, 2), (found.Output, found.LengthAxis));
        Assert.Equal([1, 2, 0, 4], found.Empty.Shape);
    }

    [Fact]
    public void The_axis_of_samples_may_come_later()
    {
        CacheInput found = Assert.Single(
            CacheInput.Of(
                [Ids, new("past_0", ElementType.Float, [2, "batch", 3, "past", 4])],
                [new("present_0", ElementType.Float, [2, "batch", 3, "total", 4])]
            )
        );

        Assert.Equal([2, 1, 3, 0, 4], found.Empty.Shape);
    }

    [Fact]
    public void What_no_output_carries_on_or_does_not_grow_or_has_unknown_sizes_is_none()
    {
        TensorSignature cache = Cache("past_key_values.0.key"),
            open = cache with { Shape = ["batch", "heads", "past", 4] },
            byHead = cache with { Shape = ["batch*heads", 2, "past", 4] };

        Assert.Empty(CacheInput.Of([Ids, cache], [Outputs[0]]));
        Assert.Empty(CacheInput.Of([Ids, cache], [cache with { Name = "present.0.key" }]));
        Assert.Empty(CacheInput.Of([Ids, open], [Outputs[1]]));
        Assert.Empty(CacheInput.Of([Ids, byHead], [Outputs[1]]));
        Assert.Empty(
            CacheInput.Of([Ids, new("cache_h", ElementType.Float, [1, "batch", 4])], [new("cache_h_out", ElementType.Float, [1, "b", 4])])
        );
    }

    [Fact]
    public void Caches_that_are_not_given_are_empty_and_all_else_is_as_long_as_the_sequence()
    {
        InputBinding binding = new(Decoder, Outputs, new InputOptions());
        binding.Complete("data", ["input_ids"], []);

        Dictionary<string, TensorValue> sample = binding.Bind([Tokens(3)]);

        Assert.Equal(["input_ids"], binding.Request.Needed.Select(input => input.Name));
        Assert.Equal([1, 2, 0, 4], sample["past_key_values.1.value"].Shape);
        Assert.Equal([1L, 1, 1], Int64s(sample["attention_mask"]));
        Assert.Equal([0L, 1, 2], Int64s(sample["position_ids"]));
        Assert.Equal([0], sample["use_cache_branch"].Data.ToArray());
        Assert.Equal(
            [
                "'past_key_values.0.key' and 3 more caches are not among the data: empty, so that every sample begins a sequence, 'past_key_values.0.key' of [1, 2, 0, 4]. Where samples follow each other, --feedback present.0.key=past_key_values.0.key, and the same for each of the others, carries 'present.0.key' on to the next.",
                "'attention_mask' is not among the data: ones, so that every position counts, in the shape of 'input_ids' and as much longer as 'past_key_values.0.key' holds.",
                "'position_ids' is not among the data: 0, 1, 2, ... along the sequence, in the shape of 'input_ids' and behind what 'past_key_values.0.key' holds.",
                "'use_cache_branch' is not among the data: false where 'past_key_values.0.key' is empty.",
            ],
            binding.Notes
        );
    }

    [Fact]
    public void Caches_that_are_given_are_taken_and_masked_and_counted()
    {
        string[] given = ["input_ids", .. Decoder[3..7].Select(cache => cache.Name)];
        InputBinding binding = new(Decoder, Outputs, new InputOptions());
        binding.Complete("data", given, []);

        Dictionary<string, TensorValue> sample = binding.Bind([
            Tokens(2),
            .. given[1..].Select(name => new RawArray(name, ElementType.Float, [1, 2, 3, 4], new byte[4 * 24], "it")),
        ]);

        Assert.Equal([1, 5], sample["attention_mask"].Shape);
        Assert.Equal([3L, 4], Int64s(sample["position_ids"]));
        Assert.Equal([1], sample["use_cache_branch"].Data.ToArray());
    }

    [Fact]
    public void Some_caches_without_the_others_are_refused_by_name() =>
        Assert.Contains(
            "no data for inputs 'past_key_values.0.value' [batch, 2, past, 4]",
            Assert
                .Throws<QuantizationException>(() =>
                    new InputBinding(Decoder, Outputs, new InputOptions()).Complete("data", ["input_ids", "past_key_values.0.key"], [])
                )
                .Message
        );

    [Fact]
    public void What_is_carried_on_begins_empty_and_the_mask_grows_with_it()
    {
        InputOptions options = new()
        {
            Feedback = Decoder[3..7].ToDictionary(cache => cache.Name, cache => cache.Name.Replace("past_key_values", "present")),
        };
        InputBinding binding = new(Decoder, Outputs, options);
        binding.Complete("data", ["input_ids"], []);
        Sample first = new("s", binding.Bind([Tokens(2)])) { Follow = binding.Follow };

        Sample next = first.WithState(
            options.Feedback.Keys.ToDictionary(name => name, _ => TensorValue.FromFloats([1, 2, 7, 4], new float[56]))
        );

        Assert.Equal([1, 2, 0, 4], first.Inputs["past_key_values.0.key"].Shape);
        Assert.Equal([1, 2], first.Inputs["attention_mask"].Shape);
        Assert.Equal([1, 9], next.Inputs["attention_mask"].Shape);
        Assert.Equal([7L, 8], Int64s(next.Inputs["position_ids"]));
        Assert.Equal([1], next.Inputs["use_cache_branch"].Data.ToArray());
    }

    [Fact]
    public void Masks_of_two_sides_have_the_shapes_of_their_own_sequences()
    {
        TensorSignature[] inputs =
        [
            new("encoder_attention_mask", ElementType.Int64, ["batch", "S"]),
            new("decoder_attention_mask", ElementType.Int64, ["batch", "T"]),
            new("decoder_input_ids", ElementType.Int64, ["batch", "T"]),
            new("encoder_hidden_states", ElementType.Float, ["batch", "S", 2]),
        ];
        InputBinding binding = new(inputs, [], new InputOptions());
        binding.Complete("data", ["decoder_input_ids", "encoder_hidden_states"], []);

        Dictionary<string, TensorValue> sample = binding.Bind([
            Tokens(3) with
            {
                Input = "decoder_input_ids",
            },
            new RawArray("encoder_hidden_states", ElementType.Float, [1, 5, 2], new byte[40], "it"),
        ]);

        Assert.Equal([1, 5], sample["encoder_attention_mask"].Shape);
        Assert.Equal([1, 3], sample["decoder_attention_mask"].Shape);
    }

    [Fact]
    public void The_mask_of_another_thing_must_be_given()
    {
        TensorSignature pictures = new("image_attention_mask", ElementType.Int64, ["batch", "patches"]);

        Assert.Throws<QuantizationException>(() =>
            new InputBinding([Ids, pictures], [], new InputOptions()).Complete("data", ["input_ids"], [])
        );
    }

    private static TensorSignature Cache(string name) => new(name, ElementType.Float, ["batch", 2, "past", 4]);

    private static TensorSignature Grown(string name) => new(name, ElementType.Float, ["batch", 2, "past + sequence", 4]);

    private static RawArray Tokens(int count) =>
        new("input_ids", ElementType.Int64, [1, count], MemoryMarshal.AsBytes<long>(new long[count]).ToArray(), "it");

    private static long[] Int64s(TensorValue value) => MemoryMarshal.Cast<byte, long>(value.Data.Span).ToArray();
}
