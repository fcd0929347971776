using System.Security.Cryptography;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Normalization;

public sealed class RealModelTests
{
    [SharedFolderTheory]
    [InlineData("resnet20-cifar10-bn", "Add 9, Conv 19, Gemm 1, GlobalAveragePool 1, Pad 2, Relu 19, Reshape 1, Slice 4")]
    [InlineData("resnet20-cifar10-folded", "Add 9, Conv 19, Gemm 1, GlobalAveragePool 1, Pad 2, Relu 19, Reshape 1, Slice 4")]
    [InlineData("resnet56-cifar10-bn", "Add 27, Conv 55, Gemm 1, GlobalAveragePool 1, Pad 2, Relu 55, Reshape 1, Slice 4")]
    [InlineData("mobilenetv2-cifar10-bn", "Add 10, Clip 35, Conv 52, Flatten 1, Gemm 1, GlobalAveragePool 1")]
    [InlineData("mobilenetv2-cifar10-folded", "Add 10, Clip 35, Conv 52, Flatten 1, Gemm 1, GlobalAveragePool 1")]
    [InlineData("resnet8-mlperf", "Add 3, Conv 9, Gemm 1, GlobalAveragePool 1, Relu 7, Reshape 1, Softmax 1, Transpose 2")]
    // Its AveragePool leaves out one row of 25, so it is no mean of everything.
    [InlineData("kws-mlperf", "AveragePool 1, Conv 9, Gemm 1, Relu 9, Reshape 1, Softmax 1, Transpose 2")]
    [InlineData("vww-mlperf", "Conv 27, Gemm 1, GlobalAveragePool 1, Relu 27, Reshape 1, Softmax 1, Transpose 2")]
    [InlineData(
        "ultraface-rfb-320",
        "Add 3, Concat 5, Conv 52, Div 2, Exp 1, Mul 4, Relu 37, Reshape 8, Slice 6, Softmax 1, Sub 1, Transpose 8"
    )]
    [InlineData(
        "fastestdet",
        "Add 1, AveragePool 1, Concat 19, Conv 70, Gather 26, MaxPool 1, Relu 48, Reshape 26, Resize 1, Sigmoid 1, Softmax 1, Transpose 15"
    )]
    [InlineData("silero-vad", "Equal 1, If 1")]
    [InlineData("mnist-8", "Conv 2, Gemm 1, MaxPool 2, Relu 2, Reshape 1")]
    public void A_normalized_model_computes_what_the_file_computes_and_leaves_it_alone(string name, string operators)
    {
        string path = SharedFolder.Model($"{name}.onnx");
        byte[] hash = SHA256.HashData(File.ReadAllBytes(path));
        using OnnxModel source = OnnxFile.Read(path);
        byte[] before = OnnxFile.ToBytes(source);

        NormalizedModel normalized = ModelNormalizer.Normalize(source);

        Assert.Equal(
            operators,
            string.Join(
                ", ",
                normalized
                    .Graph.Nodes.CountBy(node => node.OpType)
                    .OrderBy(count => count.Key, StringComparer.Ordinal)
                    .Select(count => $"{count.Key} {count.Value}")
            )
        );
        Equivalence.Assert(source, normalized.Model, inputs: name == "silero-vad" ? SileroInputs() : null);
        AssertEverythingIsNamedAndTyped(source, normalized);
        Assert.Equal(before, OnnxFile.ToBytes(source));
        Assert.Equal(hash, SHA256.HashData(File.ReadAllBytes(path)));
    }

    [SharedFolderFact]
    public void The_biases_of_mnist_are_those_of_its_Adds()
    {
        using OnnxModel source = OnnxFile.Read(SharedFolder.Model("mnist-8.onnx"));
        NormalizedModel normalized = ModelNormalizer.Normalize(source);

        float[][] adds =
        [
            .. source.Graph.Initializers.Where(tensor => tensor.Dimensions is [_, 1, 1]).Select(tensor => tensor.Values<float>().ToArray()),
        ];
        float[][] biases =
        [
            .. normalized
                .Graph.Nodes.Where(node => node.OpType == "Conv")
                .Select(node => normalized.Constant(node.Inputs[2]).Values<float>().ToArray()),
        ];

        Assert.Equal(2, biases.Length);
        Assert.All(biases, bias => Assert.Contains(adds, add => add.SequenceEqual(bias)));
    }

    private static void AssertEverythingIsNamedAndTyped(OnnxModel source, NormalizedModel normalized)
    {
        Assert.True(normalized.Model.Opset >= 13);
        Assert.True(normalized.Model.IrVersion >= 8);
        Assert.Equal(normalized.Graph.Nodes.Count, normalized.Graph.Nodes.Select(node => node.Name).Distinct().Count());
        HashSet<string> userNames = [.. source.Graph.Nodes.Select(node => node.Name)];
        Assert.All(normalized.Graph.Nodes, node => Assert.Subset(userNames, normalized.UserNodes[node.Name].ToHashSet()));
        Assert.All(
            normalized.Graph.Nodes.SelectMany(node => node.Outputs),
            output => Assert.NotEqual(ElementType.Undefined, normalized.Tensors[output].Type)
        );
        Assert.Equal(source.Graph.Outputs.Select(output => output.Name), normalized.Graph.Outputs.Select(output => output.Name));
    }

    private static Dictionary<string, TensorValue> SileroInputs()
    {
        TensorSignature Input(string name, params long[] shape) =>
            new(name, ElementType.Float, [.. shape.Select(size => new Dimension(size))]);
        Dictionary<string, TensorValue> inputs = Equivalence.RandomInputs([Input("input", 1, 576), Input("state", 2, 1, 128)]);
        inputs["sr"] = new TensorValue(ElementType.Int64, [], BitConverter.GetBytes(16000L));
        return inputs;
    }
}
