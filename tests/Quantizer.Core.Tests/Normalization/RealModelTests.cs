using System.Security.Cryptography;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;

namespace Quantizer.Tests.Normalization;

public sealed class RealModelTests(Xunit.Abstractions.ITestOutputHelper output)
{
    public static TheoryData<string> Models =>
    [
        "resnet20-cifar10-bn", "resnet20-cifar10-folded", "resnet56-cifar10-bn", "mobilenetv2-cifar10-bn", "mobilenetv2-cifar10-folded",
        "resnet8-mlperf", "kws-mlperf", "vww-mlperf", "ultraface-rfb-320", "fastestdet", "silero-vad", "mnist-8",
    ];

    [SharedFolderTheory]
    [MemberData(nameof(Models))]
    public void A_normalized_model_computes_what_the_file_computes_and_leaves_it_alone(string name)
    {
        string path = SharedFolder.Model($"{name}.onnx");
        byte[] hash = SHA256.HashData(File.ReadAllBytes(path));
        using OnnxModel source = OnnxFile.Read(path);
        byte[] before = OnnxFile.ToBytes(source);

        var watch = System.Diagnostics.Stopwatch.StartNew();
        NormalizedModel normalized = ModelNormalizer.Normalize(source);
        output.WriteLine($"{name} {watch.ElapsedMilliseconds} ms {new FileInfo(path).Length}");
        foreach (var note in normalized.Notes) output.WriteLine($"{note.Pass}: {note.Message}");
        output.WriteLine(string.Join(", ", normalized.Graph.Nodes.CountBy(n => n.OpType).OrderByDescending(c => c.Value).Select(c => $"{c.Key} {c.Value}")));

        Equivalence.Assert(source, normalized.Model, inputs: name == "silero-vad" ? SileroInputs() : null);
        Assert.Equal(before, OnnxFile.ToBytes(source));
        Assert.Equal(hash, SHA256.HashData(File.ReadAllBytes(path)));
    }

    private static Dictionary<string, TensorValue> SileroInputs()
    {
        TensorSignature Input(string name, ElementType type, params long[] shape) => new(name, type, [.. shape.Select(size => new Dimension(size))]);
        Dictionary<string, TensorValue> inputs = Equivalence.RandomInputs([Input("input", ElementType.Float, 1, 576), Input("state", ElementType.Float, 2, 1, 128)]);
        inputs["sr"] = new TensorValue(ElementType.Int64, [], BitConverter.GetBytes(16000L));
        return inputs;
    }
}
