using System.IO.Compression;
using System.Text;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Samples.Formats;

/// <summary>Files with a few bytes changed at random: whatever is read of them, and whatever is refused, nothing else comes out, and it
/// takes no memory that the file does not justify.</summary>
public sealed class DamagedDataTests : IDisposable
{
    private const int Mutations = 200;
    private const long MostBytes = 64L << 20;

    private static readonly float[][] Samples =
    [
        [1, 2, 3, 4, 5, 6],
        [7, 8, 9, 10, 11, 12],
        [-1, -2, -3, -4, -5, -6],
        [0, 1, 0, 1, 0, 1],
    ];
    private static readonly TensorSignature Input = new("x", ElementType.Float, ["N", 2, 3]);
    private static readonly TensorSignature Ids = new("input_ids", ElementType.Int64, ["N", "T"]);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Kinds =>
        ["npz", "npz deflated", "npy", "fortran", "pb", "csv", "jsonl", "wav", "raw", "txt", "vocabulary", "tokenizer.json"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damage_is_a_refusal_or_none(string kind)
    {
        byte[] good = Good(kind);
        Random random = new(kind.Length * 1000 + 7);
        int read = 0;
        for (int mutation = 0; mutation < Mutations; mutation++)
        {
            byte[] damaged = Damage(good, random, mutation);
            long before = GC.GetAllocatedBytesForCurrentThread();

            Exception? error = Record.Exception(() => read += ReadAll(kind, damaged));

            Assert.True(error is null or QuantizationException, $"Mutation {mutation}: {error}");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        }
        // Were everything refused, or nothing ever read, the test would say nothing.
        Assert.True(read > 0);
        Assert.Equal(kind is "txt" or "vocabulary" or "tokenizer.json" ? 3 : 4, ReadAll(kind, good));
    }

    private static byte[] Damage(byte[] good, Random random, int mutation)
    {
        byte[] damaged = [.. good];
        for (int change = random.Next(1, 5); change > 0; change--)
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return mutation % 5 == 4 ? damaged[..random.Next(damaged.Length)] : damaged;
    }

    private int ReadAll(string kind, byte[] bytes)
    {
        using RecordSamples samples = Open(kind, bytes);
        SampleReader<Sample> reader = new(samples.Count, samples.Load);
        return Enumerable.Range(0, samples.Count).Select(reader.Load).OfType<Sample>().Count();
    }

    private RecordSamples Open(string kind, byte[] bytes)
    {
        InputOptions options = new() { RawType = ElementType.Float, RawShape = [2, 3] };
        switch (kind)
        {
            case "pb":
                for (int i = 0; i < Samples.Length; i++)
                    _folder.Write($"pb/{i}/input_0.pb", i == 2 ? bytes : DataFiles.TensorProto([1, 2, 3], Samples[i]));
                return OpenedData.Of(_folder.File("pb"), options, Input);
            case "txt":
                string vocabulary = _folder.Write("vocab.txt", Vocabulary);
                return OpenedData.Of(_folder.Write("x.txt", bytes), options with { TokenizerPath = vocabulary }, Ids);
            case "vocabulary":
            case "tokenizer.json":
                string tokenizer = _folder.Write(kind == "vocabulary" ? "vocab.txt" : kind, bytes);
                return OpenedData.Of(_folder.Write("x.txt", Text), options with { TokenizerPath = tokenizer }, Ids);
            default:
                string ending = kind switch
                {
                    "npz deflated" => "npz",
                    "fortran" => "npy",
                    _ => kind,
                };
                return OpenedData.Of(_folder.Write($"x.{ending}", bytes), options, Input);
        }
    }

    private static byte[] Good(string kind)
    {
        float[] all = [.. Samples.SelectMany(values => values)];
        byte[] data = [.. all.SelectMany(BitConverter.GetBytes)];
        byte[] array = NumPy.Array("<f4", [4, 2, 3], all);
        return kind switch
        {
            "npz" => NumPy.Archive(CompressionLevel.NoCompression, ("x", array), ("y", NumPy.Array("<i8", [4], 0L, 1, 2, 3))),
            "npz deflated" => NumPy.Archive(CompressionLevel.Optimal, ("x", array)),
            "npy" => array,
            "fortran" => NumPy.File("{'descr': '>f4', 'fortran_order': True, 'shape': (4, 2, 3), }", data),
            "pb" => DataFiles.TensorProto([1, 2, 3], Samples[2]),
            "csv" => DataFiles.Csv("x", Samples),
            "jsonl" => DataFiles.JsonLines("x", [2, 3], Samples),
            "wav" => DataFiles.Wav(3, 32, 1, 16000, data),
            "raw" => data,
            "txt" => Text,
            "vocabulary" => Vocabulary,
            _ => TokenizerFile,
        };
    }

    private static byte[] Text => "the cat sat\n\ncat on the mat\r\nthe end.\n"u8.ToArray();

    private static byte[] Vocabulary => Encoding.UTF8.GetBytes("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nthe\ncat\nsat\non\nmat\n.\n##s\n");

    private static byte[] TokenizerFile =>
        """
        {
          "model": { "type": "BPE", "vocab": { "t": 0, "h": 1, "e": 2, "c": 3, "a": 4, "s": 5, "o": 6, "n": 7, "m": 8, "d": 9, ".": 10, "Ġ": 11, "th": 12, "the": 13, "Ġc": 14, "<s>": 15, "</s>": 16 },
            "merges": ["t h", "th e", "Ġ c"] },
          "pre_tokenizer": { "type": "ByteLevel", "add_prefix_space": false },
          "post_processor": { "type": "RobertaProcessing", "sep": ["</s>", 16], "cls": ["<s>", 15] }
        }
        """u8.ToArray();
}
