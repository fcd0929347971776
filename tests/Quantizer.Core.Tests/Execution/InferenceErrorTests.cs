using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Core.Tests.Execution;

public class InferenceErrorTests
{
    private static readonly string Refused = $"ONNX Runtime {InferenceModel.RuntimeVersion} cannot open 'graph': ";

    [Fact]
    public void An_operator_of_a_custom_domain_is_named_with_what_to_do()
    {
        OnnxModel model = Unary(new Node("Magic", ["x"], ["y"], "n", "com.acme"));
        model.OperatorSets.Add(new OperatorSet("com.acme", 1));

        Assert.Equal(
            Refused
                + "operator 'Magic' of domain 'com.acme' is unknown to it. Operators of custom libraries cannot be run here: re-export "
                + "the model with standard operators in its place.",
            Assert.Throws<QuantizationException>(() => InferenceModel.Load(model)).Message
        );
    }

    [Fact]
    public void An_operator_that_the_standard_does_not_have_is_named()
    {
        Assert.Equal(
            Refused
                + "operator 'Magic' does not exist in the operator set version 17 that the model imports. Re-export the model with an "
                + "operator set that has it.",
            Assert.Throws<QuantizationException>(() => InferenceModel.Load(Unary(new Node("Magic", ["x"], ["y"], "n")))).Message
        );
    }

    [Fact]
    public void A_newer_operator_set_is_told_with_the_newest_known()
    {
        string message = Assert
            .Throws<QuantizationException>(() => InferenceModel.Load(Unary(new Node("Relu", ["x"], ["y"]), opset: 99)))
            .Message;

        Assert.Matches(
            @"^ONNX Runtime \S+ cannot open 'graph': it imports version 99 of the operator set 'ai.onnx', newer than the \d+ that it knows. Re-export the model with opset \d+ or older.$",
            message
        );
    }

    [Fact]
    public void A_file_that_is_missing_or_cut_short_is_named()
    {
        Assert.Equal(
            "The model '/nowhere/model.onnx' does not exist. Check the path.",
            Assert.Throws<QuantizationException>(() => InferenceModel.Load("/nowhere/model.onnx")).Message
        );
        byte[] cut = OnnxFile.ToBytes(SmallNetworks.ConvRelu())[..100];
        Assert.Contains(
            "cannot open 'cut.onnx': Failed to load model because protobuf parsing failed.",
            Assert.Throws<QuantizationException>(() => InferenceModel.Load(cut, "cut.onnx")).Message
        );
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_named_with_both_sides()
    {
        using InferenceModel model = InferenceModel.Load(SmallNetworks.ConvRelu());
        string Message(string name, TensorValue value) =>
            Assert.Throws<QuantizationException>(() => model.Run(new Dictionary<string, TensorValue> { [name] = value })).Message;

        Assert.Equal(
            "Input 'x' of 'graph' is Float[batch,3,8,8]; the data gives Float[1,3,8].",
            Message("x", TensorValue.FromFloats([1, 3, 8], new float[24]))
        );
        Assert.Equal(
            "Input 'x' of 'graph' is Float[batch,3,8,8]; the data gives Int64[1,3,8,8].",
            Message("x", new TensorValue(ElementType.Int64, [1, 3, 8, 8], new byte[1536]))
        );
        Assert.Equal(
            "Input 'x' of 'graph' holds 3 bytes; Float[1,3,8,8] needs 768.",
            Message("x", new TensorValue(ElementType.Float, [1, 3, 8, 8], new byte[3]))
        );
        Assert.Equal(
            "'graph' takes an input 'x' (Float[batch,3,8,8]), which the data does not give; it gives 'z'.",
            Message("z", TensorValue.FromFloats([1], [1f]))
        );
        Dictionary<string, TensorValue> two = new()
        {
            ["x"] = TensorValue.FromFloats([1, 3, 8, 8], new float[192]),
            ["z"] = TensorValue.FromFloats([1], [1f]),
        };
        Assert.Equal("'graph' has no input 'z'; its inputs are 'x'.", Assert.Throws<QuantizationException>(() => model.Run(two)).Message);
    }

    [Fact]
    public void A_node_that_fails_is_named_without_source_paths()
    {
        using InferenceModel model = InferenceModel.Load(
            new GraphBuilder().Input("x", ["a"]).Input("z", ["b"]).Node("Add", ["x", "z"], ["y"]).Output("y").Build()
        );
        Dictionary<string, TensorValue> inputs = new()
        {
            ["x"] = TensorValue.FromFloats([3], new float[3]),
            ["z"] = TensorValue.FromFloats([4], new float[4]),
        };

        Assert.Equal(
            "Running 'graph' failed: node 'Add_y' (Add): axis == 1 || axis == largest was false. Attempting to broadcast an axis by a "
                + "dimension other than 1. 3 by 4",
            Assert.Throws<QuantizationException>(() => model.Run(inputs)).Message
        );
    }

    private static OnnxModel Unary(Node node, int opset = 17) =>
        new GraphBuilder(opset).Input("x", ["batch", 3]).Node(node).Output("y").Build();
}
