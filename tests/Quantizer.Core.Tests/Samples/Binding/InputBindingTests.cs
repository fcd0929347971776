using System.IO.Compression;
using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Samples.Binding;

public sealed class InputBindingTests : IDisposable
{
    private static readonly TensorSignature Ids = new("input_ids", ElementType.Int64, ["batch", "sequence"]);
    private static readonly TensorSignature AttentionMask = new("attention_mask", ElementType.Int64, ["batch", "sequence"]);
    private static readonly TensorSignature TokenTypes = new("token_type_ids", ElementType.Int64, ["batch", "sequence"]);
    private static readonly TensorSignature Rate = new("sr", ElementType.Int64, []);
    private static readonly TensorSignature State = new("h0", ElementType.Float, [2, "batch", 3]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_constant_fills_its_input_and_is_brought_to_its_type()
    {
        TensorSignature shift = new("shift", ElementType.Float, [1, 3]);
        InputOptions options = new()
        {
            Constants = new Dictionary<string, IReadOnlyList<double>> { ["sr"] = [16000], ["shift"] = [0.5] },
        };

        using RecordSamples samples = OpenedData.Of(Sentence(), options, Ids, Rate, shift);

        Sample sample = samples.Load(0);
        Assert.Empty(sample.Inputs["sr"].Shape);
        Assert.Equal([16000L], Int64s(sample.Inputs["sr"]));
        Assert.Equal([0.5f, 0.5f, 0.5f], sample.Inputs["shift"].Floats.ToArray());
    }

    [Theory]
    [InlineData("sr", 1.5, "its value 1.5")]
    [InlineData("sr", 1e300, "is not a value")]
    [InlineData("sx", 1, "names 'sx', which is no input of the model; its inputs are 'input_ids', 'sr'")]
    public void A_constant_that_cannot_be_meant_is_wrong_usage(string name, double value, string expected)
    {
        InputOptions options = new() { Constants = new Dictionary<string, IReadOnlyList<double>> { [name] = [value] } };

        Assert.Contains(expected, Assert.Throws<UsageException>(() => OpenedData.Of(Sentence(), options, Ids, Rate)).Message);
    }

    [Fact]
    public void A_constant_of_another_number_of_values_is_wrong_usage()
    {
        InputOptions options = new() { Constants = new Dictionary<string, IReadOnlyList<double>> { ["h0"] = [1, 2] } };

        Assert.Contains(
            "got 2 values with --input; expected 6",
            Assert.Throws<UsageException>(() => OpenedData.Of(Sentence(), options, Ids, State)).Message
        );
    }

    [Fact]
    public void Missing_state_token_types_and_mask_are_stood_in_for_and_said()
    {
        using RecordSamples samples = OpenedData.Of(Sentence(), Ids, AttentionMask, TokenTypes, State);

        Sample sample = samples.Load(0);
        Assert.Equal([1L, 1, 1], Int64s(sample.Inputs["attention_mask"]));
        Assert.Equal([0L, 0, 0], Int64s(sample.Inputs["token_type_ids"]));
        Assert.Equal([1, 3], sample.Inputs["token_type_ids"].Shape);
        Assert.Equal([2, 1, 3], sample.Inputs["h0"].Shape);
        Assert.Equal(new float[6], sample.Inputs["h0"].Floats.ToArray());
        Assert.Equal(
            [
                "'attention_mask' is not among the data: ones, so that every position counts, in the shape of 'input_ids'.",
                "'token_type_ids' is not among the data: zeros, in the shape of 'input_ids'.",
                "'h0' is not among the data: zeros of [2, 1, 3].",
            ],
            samples.Notes
        );
    }

    [Fact]
    public void An_input_of_strings_is_refused_before_any_data_are_opened()
    {
        TensorSignature city = new("city", ElementType.String, ["batch"]);

        string message = Assert.Throws<QuantizationException>(() => OpenedData.Of("there-is-no-file.npz", Ids, city)).Message;

        Assert.StartsWith("The model's input 'city' takes strings, which cannot be fed", message, StringComparison.Ordinal);
        Assert.Contains("--activations dynamic or none", message);
    }

    [Fact]
    public void A_missing_mask_of_vectors_has_the_axes_that_it_shares_with_them()
    {
        TensorSignature features = new("feats", ElementType.Float, ["batch", "sequence", 2]);
        string path = _folder.Write("f.npy", NumPy.Array("<f4", [1, 3, 2], 1f, 2f, 3f, 4f, 5f, 6f));

        using RecordSamples samples = OpenedData.Of(path, features, AttentionMask);

        TensorValue mask = samples.Load(0).Inputs["attention_mask"];
        Assert.Equal([1, 3], mask.Shape);
        Assert.Equal([1L, 1, 1], Int64s(mask));
    }

    [Theory]
    [InlineData("position_ids", ElementType.Int64)]
    [InlineData("Positions", ElementType.Int64)]
    [InlineData("position_ids", ElementType.Int32)]
    public void Missing_positions_are_counted_and_said(string name, ElementType type)
    {
        TensorSignature positions = new(name, type, ["batch", "sequence"]);

        using RecordSamples samples = OpenedData.Of(Sentence(), Ids, positions);

        TensorValue value = samples.Load(0).Inputs[name];
        Assert.Equal(ConstantInput.Positions(type, [1, 3]).Data.ToArray(), value.Data.ToArray());
        Assert.Equal((type, 3), (value.Type, (int)value.Shape[1]));
        Assert.Equal([$"'{name}' is not among the data: 0, 1, 2, ... along the sequence, in the shape of 'input_ids'."], samples.Notes);
    }

    [Fact]
    public void Positions_begin_anew_in_every_row() =>
        Assert.Equal([0L, 1, 2, 0, 1, 2], Int64s(ConstantInput.Positions(ElementType.Int64, [2, 3])));

    [Fact]
    public void Positions_that_are_no_whole_numbers_must_be_given() =>
        Assert.Throws<QuantizationException>(() =>
            OpenedData.Of(Sentence(), Ids, new TensorSignature("position_ids", ElementType.Float, ["batch", "sequence"]))
        );

    [Fact]
    public void State_among_the_data_is_taken_from_there()
    {
        string path = _folder.Write(
            "s.npz",
            NumPy.Archive(
                CompressionLevel.Fastest,
                ("input_ids", NumPy.Array("<i8", [2, 1], 1L, 2)),
                ("h0", NumPy.Array("<f4", [2, 2, 1, 3], [.. Enumerable.Range(0, 12).Select(i => (float)i)]))
            )
        );

        using RecordSamples samples = OpenedData.Of(path, Ids, State);

        Assert.Empty(samples.Notes);
        Assert.All(
            Enumerable.Range(0, 2).Select(samples.Load),
            sample => Assert.Equal((Int64s(sample.Inputs["input_ids"])[0] - 1) * 6, sample.Inputs["h0"].Floats[0])
        );
    }

    [Fact]
    public void Inputs_may_have_files_of_their_own()
    {
        string ids = _folder.Write("ids.npy", NumPy.Array("<i4", [2, 3], 1, 2, 3, 4, 5, 6));
        string mask = _folder.Write("a=b.npy", NumPy.Array("|b1", [2, 3], true, true, true, true, true, true));

        using RecordSamples samples = OpenedData.Of(
            [$"input_ids={ids}", $"attention_mask={mask}"],
            new InputOptions(),
            10,
            Ids,
            AttentionMask
        );

        Assert.Equal(2, samples.Count);
        Assert.Contains(
            Enumerable.Range(0, 2).Select(samples.Load),
            sample => Int64s(sample.Inputs["input_ids"]).SequenceEqual([4L, 5, 6]) && sample.Inputs["attention_mask"].Shape[1] == 3
        );
    }

    [Fact]
    public void Files_of_different_lengths_are_an_error_and_one_sample_serves_all()
    {
        string ids = _folder.Write("ids.npy", NumPy.Array("<i8", [3, 2], 1L, 2, 3, 4, 5, 6));
        string two = _folder.Write("two.npy", NumPy.Array("<i8", [2, 2], 1L, 1, 1, 1));
        string one = _folder.Write("one.npy", NumPy.Array("<i8", [1, 2], 1L, 1));
        RecordSamples Open(string mask) =>
            OpenedData.Of([$"input_ids={ids}", $"attention_mask={mask}"], new InputOptions(), 10, Ids, AttentionMask);

        Assert.Contains("'ids.npy' has 3", Assert.Throws<QuantizationException>(() => Open(two)).Message.Replace($"{_folder.Path}/", ""));
        using RecordSamples samples = Open(one);
        Assert.Equal(3, samples.Count);
        Assert.Equal([1L, 1], Int64s(samples.Load(2).Inputs["attention_mask"]));
    }

    [Theory]
    [InlineData("x=y.npy", "x", "y.npy")]
    [InlineData("./x=y.npy", null, "./x=y.npy")]
    [InlineData("x=1=y.npy", "x=1", "y.npy")]
    public void A_path_is_for_one_input_only_behind_its_name(string text, string? input, string path) =>
        Assert.Equal(new DataPath(input, path), DataPath.Of(text, ["x", "x=1", "z"]));

    [Theory]
    [InlineData(ElementType.Float, float.NaN, "NaN")]
    [InlineData(ElementType.Float, float.PositiveInfinity, "infinity")]
    [InlineData(ElementType.Float, float.NegativeInfinity, "infinity")]
    [InlineData(ElementType.Float16, float.PositiveInfinity, "infinity")]
    [InlineData(ElementType.Double, float.NaN, "NaN")]
    public void Values_that_are_no_numbers_break_their_sample_only(ElementType type, float value, string told)
    {
        string path = _folder.Write("x.npy", NumPy.Array("<f4", [3, 2], 1f, 2f, value, 2f, 3f, 4f));

        using RecordSamples samples = OpenedData.Of(path, new TensorSignature("x", type, ["N", 2]));

        SampleReader<Sample> reader = new(samples.Count, samples.Load);
        Assert.Equal(2, Enumerable.Range(0, 3).Select(reader.Load).OfType<Sample>().Count());
        Assert.Equal([new SkippedSample("row 1", $"its 'x' holds {told}")], samples.Skipped);
    }

    [Theory]
    // Among zeros, and with other numbers where the name tells.
    [InlineData("scores", 0f, float.NegativeInfinity, true)]
    [InlineData("scores", 1f, float.NegativeInfinity, false)]
    [InlineData("scores", float.NegativeInfinity, float.NegativeInfinity, false)]
    [InlineData("decoder_mask", 1f, float.NegativeInfinity, true)]
    [InlineData("attn_bias", -0.5f, float.NegativeInfinity, true)]
    [InlineData("attn_bias", 0f, float.PositiveInfinity, false)]
    public void What_masks_switch_off_may_be_infinitely_far_below_zero(string name, float first, float second, bool mayBe)
    {
        string path = _folder.Write("m.npy", NumPy.Array("<f4", [2, 1, 1, 2], 0f, 0f, first, second));

        using RecordSamples samples = OpenedData.Of(path, new TensorSignature(name, ElementType.Float, ["N", 1, 1, 2]));

        SampleReader<Sample> reader = new(samples.Count, samples.Load);
        Assert.Equal(mayBe ? 2 : 1, Enumerable.Range(0, 2).Select(reader.Load).OfType<Sample>().Count());
    }

    private string Sentence() => _folder.Write("input_ids.npy", NumPy.Array("<i8", [1, 3], 7L, 8, 9));

    private static long[] Int64s(TensorValue value) => MemoryMarshal.Cast<byte, long>(value.Data.Span).ToArray();
}
