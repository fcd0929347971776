using System.Runtime.InteropServices;
using System.Text;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Testing;
using static Quantizer.Core.Tests.Samples.OpenedData;

namespace Quantizer.Core.Tests.Samples.Formats;

/// <summary>Lines of JSON, and sentences.</summary>
public sealed class TextFormatsTests : IDisposable
{
    private static readonly TensorSignature Input = new("x", ElementType.Float, ["N", 2]);
    private static readonly TensorSignature Ids = new("input_ids", ElementType.Int64, ["N", "T"]);
    private static readonly TensorSignature AttentionMask = new("attention_mask", ElementType.Int64, ["N", "T"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_of_another_name_is_told_where_it_could_be_another_inputs()
    {
        string path = Text("x.jsonl", "{\"ids\":[1,2],\"attention_mask\":[1,1]}\n");

        using (RecordSamples samples = OpenedData.Of(path, Ids, AttentionMask))
            Assert.Equal(["The key 'ids' feeds the input 'input_ids': there is no other."], samples.Notes);
    }

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

    /// <param name="mark">What some editors write first.</param>
    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public void Sentences_become_the_numbers_of_their_tokens(string mark)
    {
        string vocabulary = Text("vocab.txt", mark + "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\n##s\nun\n.\n");
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

    private static long[] Int64s(TensorValue value) => MemoryMarshal.Cast<byte, long>(value.Data.Span).ToArray();

    private string Text(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
