using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Samples.Formats;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Samples.Formats;

public sealed class DataFormatsTests : IDisposable
{
    private static readonly TensorSignature Input = new("x", ElementType.Float, ["N", 2]);
    private static readonly TensorSignature Ids = new("input_ids", ElementType.Int64, ["N", "T"]);
    private static readonly TensorSignature AttentionMask = new("attention_mask", ElementType.Int64, ["N", "T"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_are_found_by_name_and_number_whatever_their_order()
    {
        string path = Text("x.csv", "note;x.1;label;x[0]\nfirst;2;1;\"1\"\nsecond;4.5e1;0;-3\n");

        using RecordSamples samples = OpenedData.Of(path, Input);

        Assert.Equal(
            [
                [1f, 2f],
                [-3f, 45f],
            ],
            Ordered(samples).Select(sample => sample.Inputs["x"].Floats.ToArray())
        );
        Assert.Equal([1, 0], Ordered(samples).Select(sample => sample.Label));
    }

    [Fact]
    public void Columns_of_a_model_with_one_input_may_be_called_anything()
    {
        string path = Text("x.csv", "width,height\n1,2\n3,4\n");

        using RecordSamples samples = OpenedData.Of(path, Input);

        Assert.Equal(
            [
                [1f, 2f],
                [3f, 4f],
            ],
            Ordered(samples).Select(sample => sample.Inputs["x"].Floats.ToArray())
        );
    }

    [Fact]
    public void A_cell_that_is_no_number_breaks_its_line_only_and_is_named()
    {
        string path = Text("x.csv", "x.0,x.1\n1,2\n3,abc\n5\n7,8\n");

        using RecordSamples samples = OpenedData.Of(path, Input);
        SampleReader<Sample> reader = new(samples.Count, samples.Load);
        Sample[] read = [.. Enumerable.Range(0, samples.Count).Select(reader.Load).OfType<Sample>()];

        Assert.Equal(2, read.Length);
        Assert.Equal(
            [
                new SkippedSample("row 1", "line 3, column 'x.1': found 'abc', expected a number"),
                new SkippedSample("row 2", "line 4 has 1 cells; the header has 2"),
            ],
            samples.Skipped
        );
    }

    [Theory]
    [InlineData("x.0,x.2\n1,2\n", "no column 'x.1'")]
    [InlineData("a,b,c\n1,2,3\n", "has 3 columns for input 'x' [N, 2]")]
    [InlineData("x.0,x.1\n", "no lines below it")]
    public void Columns_that_do_not_fit_are_an_error(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<QuantizationException>(() => OpenedData.Of(Text("x.csv", text), Input).Dispose()).Message);

    [Fact]
    public void Lines_of_json_hold_arrays_of_any_length_by_name()
    {
        string path = Text(
            "x.jsonl",
            "{\"input_ids\":[1,2,3],\"attention_mask\":[1,1,0],\"label\":2}\n\n{\"attention_mask\":[[true]],\"other\":\"a\",\"input_ids\":[[9]]}\n"
        );

        using RecordSamples samples = OpenedData.Of(path, Ids, AttentionMask);
        Sample[] ordered = Ordered(samples);

        Assert.Equal(["x.jsonl:1", "x.jsonl:3"], ordered.Select(sample => sample.Name));
        Assert.Equal(
            [
                [1L, 2],
                [9L],
            ],
            ordered.Select(sample => Int64s(sample.Inputs["input_ids"]))
        );
        Assert.Equal([2, null], ordered.Select(sample => sample.Label));
    }

    [Theory]
    [InlineData("{\"x\":[1,2]", "")]
    [InlineData("[1,2]", "no JSON object")]
    [InlineData("{\"y\":[1,2]}", "has no 'x', which other lines have")]
    [InlineData("{\"x\":[[1,2],[3]]}", "rows of 2 and of 1")]
    [InlineData("{\"x\":[1,[2]]}", "mixes numbers and arrays")]
    [InlineData("{\"x\":[\"1\",2]}", "holds a String")]
    [InlineData("{\"x\":[1,2,3]}", "has the shape [3] for input 'x' [N, 2]")]
    public void A_line_of_json_that_does_not_fit_is_one_broken_sample(string line, string expected)
    {
        string path = Text("x.jsonl", $"{{\"x\":[1,2]}}\n{line}\n");

        using RecordSamples samples = OpenedData.Of(path, Input);
        SampleReader<Sample> reader = new(samples.Count, samples.Load);

        Assert.Single(Enumerable.Range(0, 2).Select(reader.Load).OfType<Sample>());
        SkippedSample skipped = Assert.Single(samples.Skipped);
        Assert.Equal("x.jsonl:2", skipped.Name);
        Assert.Contains(expected, skipped.Reason);
    }

    [Fact]
    public void Values_without_a_header_need_type_and_shape_and_a_whole_number_of_samples()
    {
        string path = _folder.Write("x.bin", MemoryMarshal.AsBytes<short>([1, -2, 3, -4]));
        InputOptions options = new() { RawType = ElementType.Int16, RawShape = [2] };

        using RecordSamples samples = OpenedData.Of(path, options, Input);

        Assert.Equal(
            [
                [1f, -2f],
                [3f, -4f],
            ],
            Ordered(samples).Select(sample => sample.Inputs["x"].Floats.ToArray())
        );
        Assert.Contains("--raw-shape", Assert.Throws<UsageException>(() => OpenedData.Of(path, Input)).Message);
        Assert.Contains(
            "has 8 bytes; a sample of [3] values of Int16 has 6",
            Assert.Throws<QuantizationException>(() => OpenedData.Of(path, options with { RawShape = [3] }, Input)).Message
        );
    }

    [Theory]
    [InlineData(1, 8, new byte[] { 128, 255, 0, 192 })]
    [InlineData(1, 16, new byte[] { 0, 0, 0, 127, 0, 128, 0, 64 })]
    [InlineData(1, 24, new byte[] { 0, 0, 0, 0, 0, 127, 0, 0, 128, 0, 0, 64 })]
    [InlineData(1, 32, new byte[] { 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 0, 128, 0, 0, 0, 64 })]
    [InlineData(3, 32, new byte[] { 0, 0, 0, 0, 0, 0, 0x7E, 0x3F, 0, 0, 0x80, 0xBF, 0, 0, 0, 0x3F })]
    public void Recordings_of_every_width_become_numbers_from_minus_one_to_one(int tag, int bits, byte[] data)
    {
        string path = _folder.Write("x.wav", DataFiles.Wav(tag, bits, 1, 16000, data));

        using RecordSamples samples = OpenedData.Of(path, Input);

        Assert.Equal(
            [
                [0f, 127 / 128f],
                [-1f, 0.5f],
            ],
            Ordered(samples).Select(sample => sample.Inputs["x"].Floats.ToArray())
        );
        Assert.Equal("x.wav sample 1", Ordered(samples)[1].Name);
    }

    [Fact]
    public void Samples_of_a_recording_may_overlap_and_its_channels_are_averaged()
    {
        TensorSignature open = new("x", ElementType.Float, ["N", "length"]);
        TensorSignature rate = new("sr", ElementType.Int64, []);
        string path = _folder.Write(
            "x.wav",
            DataFiles.Wav(1, 16, 2, 8000, MemoryMarshal.AsBytes<short>([0, 16384, 8192, 8192, 0, 0, 16384, 0, 3, 3, 5, 5]))
        );
        InputOptions options = new()
        {
            Frame = 3,
            Hop = 1,
            Constants = new Dictionary<string, IReadOnlyList<double>> { ["sr"] = [16000] },
        };

        using RecordSamples samples = OpenedData.Of(path, options, open, rate);

        Assert.Equal(4, samples.Count);
        Assert.Equal([0.25f, 0, 0.25f], Ordered(samples)[1].Inputs["x"].Floats.ToArray());
        Assert.Equal(
            [
                "Recordings of 2 channels are mixed down to one.",
                "'sr' is 16000, but recordings have 8000 values a second; they are not resampled.",
            ],
            samples.Notes
        );
        Assert.Contains(
            "Give --frame",
            Assert.Throws<UsageException>(() => OpenedData.Of(path, options with { Frame = null }, open, rate)).Message
        );
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_its_numbers_and_each_file_begins_a_sequence()
    {
        _folder.Write("d/part10.npy", NumPy.Array("<f4", [1, 2], 5f, 6));
        _folder.Write("d/part2.npy", NumPy.Array("<f4", [2, 2], 1f, 2, 3, 4));
        _folder.Write("d/part11.npy", NumPy.Array("<f4", [2], 7f, 8));
        _folder.Write("d/part3.npy", "no array"u8);
        _folder.Write("d/notes.txt", "read me"u8);

        using RecordSamples samples = OpenedData.Of(_folder.File("d"), Input);
        SampleReader<Sample> reader = new(samples.Count, samples.Load);
        Sample[] ordered =
        [
            .. Enumerable.Range(0, samples.Count).Select(reader.Load).OfType<Sample>().OrderBy(sample => sample.Inputs["x"].Floats[0]),
        ];

        Assert.Equal(["part2.npy row 0", "part2.npy row 1", "part10.npy", "part11.npy"], ordered.Select(sample => sample.Name));
        Assert.Equal("part3.npy", Assert.Single(samples.Skipped).Name);
        Assert.Equal(
            ["part2.npy row 0", "part3.npy", "part10.npy", "part11.npy"],
            Enumerable.Range(0, samples.Count).Where(samples.IsBeginning).Select(samples.NameOf).Order(NaturalOrder.Comparer)
        );
    }

    [Fact]
    public void Tensors_of_ONNX_test_data_feed_the_inputs_of_their_numbers()
    {
        TensorSignature second = new("s", ElementType.Float, [3]);
        _folder.Write("d/test_data_set_1/input_0.pb", DataFiles.TensorProto([1, 2], [3, 4]));
        _folder.Write("d/test_data_set_1/input_1.pb", DataFiles.TensorProto([3], [7, 8, 9]));
        _folder.Write("d/test_data_set_0/input_0.pb", DataFiles.TensorProto([1, 2], [1, 2]));
        _folder.Write("d/test_data_set_0/input_1.pb", DataFiles.TensorProto([3], [4, 5, 6]));

        using RecordSamples samples = OpenedData.Of(_folder.File("d"), Input, second);
        Sample last = Ordered(samples)[1];

        Assert.Equal("test_data_set_1", last.Name);
        Assert.Equal([3f, 4], last.Inputs["x"].Floats.ToArray());
        Assert.Equal([7f, 8, 9], last.Inputs["s"].Floats.ToArray());
    }

    [Fact]
    public void Rows_beyond_what_memory_is_for_lie_in_a_file_that_nobody_sees()
    {
        const int RowLength = 1 << 20,
            Rows = 80;
        float[] values = [.. Enumerable.Range(0, RowLength / 4 * Rows).Select(i => (float)(i / (RowLength / 4)))];
        string path = _folder.Write(
            "x.npz",
            NumPy.Archive(CompressionLevel.Fastest, ("x", NumPy.Array("<f4", [Rows, RowLength / 4], values)))
        );

        using RecordSamples samples = OpenedData.Of(path, new TensorSignature("x", ElementType.Float, ["N", RowLength / 4]));

        for (int i = 0; i < Rows; i++)
        {
            Sample sample = samples.Load(i);
            Assert.Equal($"row {sample.Inputs["x"].Floats[RowLength / 4 - 1]}", sample.Name);
        }
    }

    [Fact]
    public void Sentences_become_the_numbers_of_their_tokens()
    {
        string vocabulary = Text("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\n##s\nun\n.\n");
        string path = Text("x.txt", "The cats.\n   \nUN dog\r\n");
        InputOptions options = new() { TokenizerPath = vocabulary };
        TensorSignature types = new("token_type_ids", ElementType.Int64, ["N", "T"]);

        using RecordSamples samples = OpenedData.Of(path, options, Ids, AttentionMask, types);
        Sample[] ordered = Ordered(samples);

        Assert.Equal(["x.txt:1", "x.txt:3"], ordered.Select(sample => sample.Name));
        Assert.Equal(
            [
                [2L, 5, 6, 7, 9, 3],
                [2L, 8, 1, 3],
            ],
            ordered.Select(sample => Int64s(sample.Inputs["input_ids"]))
        );
        Assert.Equal([1L, 1, 1, 1], Int64s(ordered[1].Inputs["attention_mask"]));
        Assert.Equal([0L, 0, 0, 0], Int64s(ordered[1].Inputs["token_type_ids"]));
        Assert.Contains("--tokenizer", Assert.Throws<UsageException>(() => OpenedData.Of(path, Ids)).Message);
    }

    [Fact]
    public void Signs_are_tokens_of_their_own_and_accents_fall_in_an_uncased_vocabulary()
    {
        string vocabulary = Text("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\ncafe\n$\n+\n`\n_\n");

        using RecordSamples samples = OpenedData.Of(
            Text("x.txt", "Café_$+`ÇAFE\u0301\n"),
            new InputOptions { TokenizerPath = vocabulary },
            Ids
        );

        Assert.Equal([2L, 5, 9, 6, 7, 8, 5, 3], Int64s(samples.Load(0).Inputs["input_ids"]));
    }

    [Fact]
    public void Byte_pairs_of_a_tokenizer_file_are_merged_between_its_special_tokens()
    {
        string tokenizer = Text(
            "tokenizer.json",
            """
            {
              "model": { "type": "BPE", "vocab": { "t": 0, "h": 1, "e": 2, "c": 3, "Ġ": 4, "th": 5, "the": 6, "Ġc": 7, "<s>": 8, "</s>": 9 },
                "merges": ["t h", ["th", "e"], "Ġ c"] },
              "pre_tokenizer": { "type": "ByteLevel", "add_prefix_space": false },
              "post_processor": { "type": "TemplateProcessing",
                "single": [{ "SpecialToken": { "id": "<s>" } }, { "Sequence": { "id": "A" } }, { "SpecialToken": { "id": "</s>" } }],
                "special_tokens": { "<s>": { "ids": [8] }, "</s>": { "ids": [9] } } }
            }
            """
        );

        using RecordSamples samples = OpenedData.Of(Text("x.txt", "the che\n"), new InputOptions { TokenizerPath = tokenizer }, Ids);

        Assert.Equal([8L, 6, 7, 1, 2, 9], Int64s(samples.Load(0).Inputs["input_ids"]));
    }

    [Fact]
    public void Tokenizers_of_other_kinds_are_refused_with_a_way_out()
    {
        string tokenizer = Text("tokenizer.json", "{ \"model\": { \"type\": \"Unigram\", \"vocab\": [] } }");

        Assert.Contains(
            "of the kind 'Unigram'",
            Assert
                .Throws<QuantizationException>(() =>
                    OpenedData.Of(Text("x.txt", "a\n"), new InputOptions { TokenizerPath = tokenizer }, Ids)
                )
                .Message
        );
    }

    [Fact]
    public void Sentences_of_a_model_of_fixed_length_are_filled_up_or_cut()
    {
        string vocabulary = Text("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\n");
        TensorSignature ids = new("input_ids", ElementType.Int64, ["N", 5]);
        TensorSignature mask = new("attention_mask", ElementType.Int64, ["N", 5]);

        using RecordSamples samples = OpenedData.Of(
            Text("x.txt", "cat\nthe cat the cat the cat\n"),
            new InputOptions { TokenizerPath = vocabulary },
            ids,
            mask
        );
        Sample[] ordered = Ordered(samples);

        Assert.Equal([2L, 6, 3, 0, 0], Int64s(ordered[0].Inputs["input_ids"]));
        Assert.Equal([(0, 3)], ordered[0].Mask!.Stretches);
        Assert.Equal([2L, 5, 6, 5, 3], Int64s(ordered[1].Inputs["input_ids"]));
        Assert.Null(ordered[1].Mask);
    }

    [SharedFolderFact]
    public void Sentences_get_the_numbers_that_the_model_was_trained_with()
    {
        string vocabulary = SharedFolder.Model("all-minilm-l6-v2.vocab.txt");
        string[] tokens = File.ReadAllLines(vocabulary);
        using RecordSamples numbers = OpenedData.Of(SharedFolder.Data("text/calib.npz"), Ids, AttentionMask);
        long[][] expected = [.. Ordered(numbers).Select(sample => Int64s(sample.Inputs["input_ids"]))];
        // A word that the vocabulary does not know cannot be written down again; and these numbers hold words with '_' whole, which BERT's
        // own tokenizer parts.
        expected = [.. expected.Where(ids => ids.All(id => tokens[id] is not ("[UNK]" or "_" or "##_")))];
        string text = Text("x.txt", string.Concat(expected.Select(ids => $"{Written(ids, tokens)}\n")));

        using RecordSamples samples = OpenedData.Of(text, new InputOptions { TokenizerPath = vocabulary }, Ids, AttentionMask);

        Assert.InRange(expected.Length, 250, 320);
        foreach ((long[] ids, Sample sample) in expected.Zip(Ordered(samples)))
            Assert.Equal(Written(ids, tokens), Written(Int64s(sample.Inputs["input_ids"]), tokens));
        Assert.Equal(expected, Ordered(samples).Select(sample => Int64s(sample.Inputs["input_ids"])));
    }

    private static string Written(long[] ids, string[] tokens) => string.Join(' ', ids[1..^1].Select(id => tokens[id])).Replace(" ##", "");

    private static Sample[] Ordered(RecordSamples samples) =>
        [.. Enumerable.Range(0, samples.Count).Select(samples.Load).OrderBy(sample => sample.Name, NaturalOrder.Comparer)];

    private static long[] Int64s(TensorValue value) => MemoryMarshal.Cast<byte, long>(value.Data.Span).ToArray();

    private string Text(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
