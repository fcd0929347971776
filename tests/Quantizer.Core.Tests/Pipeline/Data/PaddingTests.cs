using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Quantizer.Placement;
using Quantizer.Preprocessing;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>Padding counts nowhere in the ranges of a whole network.</summary>
public sealed class PaddingTests
{
    private const int Sentences = 320;

    [SharedFolderFact]
    public void Padded_sentences_give_the_ranges_of_the_unpadded_ones()
    {
        string padded = SharedFolder.Data("text/calib.npz");
        using TemporaryFolder folder = new();
        string unpadded = folder.Write("calib.jsonl", Encoding.UTF8.GetBytes(Unpadded(padded)));

        using BundledRun expected = Run(unpadded),
            found = Run(padded);

        TensorReport[] ranges = [.. expected.Activations];
        Assert.True(ranges.Length > 20, $"{ranges.Length} ranges");
        Assert.Equal(
            ranges.Select(tensor => (tensor.Name, tensor.Min, tensor.Max)),
            found.Activations.Select(tensor => (tensor.Name, tensor.Min, tensor.Max))
        );
        Assert.Equal(expected.Bytes, found.Bytes);
    }

    private static BundledRun Run(string data) =>
        new(options =>
            options with
            {
                ModelPath = SharedFolder.Model("all-minilm-l6-v2.onnx"),
                CalibrationPaths = [data],
                EvaluationSamples = 4,
                Samples = Sentences,
                Pictures = new PictureOptions(),
                Activations = ActivationMode.Static,
            }
        );

    /// <summary>The tokens that the attention mask of each sentence switches on, a sentence a line.</summary>
    private static string Unpadded(string path)
    {
        using ZipArchive arrays = ZipFile.OpenRead(path);
        long[] ids = Numbers(arrays, "input_ids.npy"),
            mask = Numbers(arrays, "attention_mask.npy");
        int length = ids.Length / Sentences;
        StringBuilder lines = new();
        for (int sentence = 0; sentence < Sentences; sentence++)
        {
            IEnumerable<long> tokens = Enumerable.Range(sentence * length, length).Where(at => mask[at] == 1).Select(at => ids[at]);
            lines.Append(CultureInfo.InvariantCulture, $"{{\"input_ids\": [{string.Join(", ", tokens)}]}}\n");
        }
        return lines.ToString();
    }

    /// <summary>An array of int64 whose header is of the first version of the format.</summary>
    private static long[] Numbers(ZipArchive arrays, string name)
    {
        using MemoryStream bytes = new();
        using (Stream entry = arrays.GetEntry(name)!.Open())
            entry.CopyTo(bytes);
        const int lengthAt = 8;
        int start = lengthAt + sizeof(ushort) + BitConverter.ToUInt16(bytes.GetBuffer(), lengthAt);
        return MemoryMarshal.Cast<byte, long>(bytes.GetBuffer().AsSpan(start, (int)bytes.Length - start)).ToArray();
    }
}
