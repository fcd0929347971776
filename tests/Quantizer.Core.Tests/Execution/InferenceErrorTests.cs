using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Core.Tests.Execution;

public class InferenceErrorTests
{
    [Fact]
    public void Probe()
    {
        List<string> messages = [];
        void Try(Action action)
        {
            try { action(); messages.Add("none"); }
            catch (QuantizationException e) { messages.Add(e.Message + "\n      RAW " + e.InnerException?.Message); }
        }
        GraphBuilder Unary(Node node, int opset = 17) => new GraphBuilder(opset).Input("x", ["batch", 3]).Node(node).Output("y");
        OnnxModel custom = Unary(new Node("Magic", ["x"], ["y"], "n", "com.acme")).Build();
        custom.OperatorSets.Add(new OperatorSet("com.acme", 1));
        Try(() => InferenceModel.Load(custom));
        Try(() => InferenceModel.Load(Unary(new Node("Magic", ["x"], ["y"], "n", "com.nodomain")).Build()));
        Try(() => InferenceModel.Load(Unary(new Node("Magic", ["x"], ["y"], "n")).Build()));
        Try(() => InferenceModel.Load(Unary(new Node("Relu", ["x"], ["y"], "n"), 99).Build()));
        Try(() => InferenceModel.Load(new byte[] { 8, 9, 50, 3 }, "cut.onnx"));
        Try(() => InferenceModel.Load("/nowhere/model.onnx"));
        Try(() => InferenceModel.Load(new GraphBuilder().Input("x", [3], ElementType.BFloat16).Node("Acos", ["x"], ["y"]).Output("y", type: ElementType.BFloat16).Build()));
        Try(() => InferenceModel.Load(new GraphBuilder().Input("x", [3], ElementType.Float16).Node("Acos", ["x"], ["y"]).Output("y", type: ElementType.Float16).Build()));
        Try(() => InferenceModel.Load(new GraphBuilder().Input("x", [3]).Node("MatMul", ["x", "nothing"], ["y"]).Output("y").Build()));
        Try(() => InferenceModel.Load(new GraphBuilder().Input("x", [3, 4]).Input("z", [5, 6]).Node("MatMul", ["x", "z"], ["y"]).Output("y").Build()));
        using InferenceModel model = InferenceModel.Load(SmallNetworks.ConvRelu());
        Try(() => model.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 3, 9, 8], new float[216]) }));
        Try(() => model.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 3, 8], new float[24]) }));
        Try(() => model.Run(new Dictionary<string, TensorValue> { ["x"] = new TensorValue(ElementType.Int64, [1, 3, 8, 8], new byte[3 * 64 * 8]) }));
        Try(() => model.Run(new Dictionary<string, TensorValue> { ["x"] = new TensorValue(ElementType.Float, [1, 3, 8, 8], new byte[3]) }));
        Try(() => model.Run(new Dictionary<string, TensorValue> { ["z"] = new TensorValue(ElementType.Float, [1, 3, 8, 8], new byte[3*64*4]) }));
        Try(() => model.Run(new Dictionary<string, TensorValue>()));
        using InferenceModel add = InferenceModel.Load(new GraphBuilder().Input("x", ["a"]).Input("z", ["b"]).Node("Add", ["x", "z"], ["y"]).Output("y").Build());
        Try(() => add.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([3], new float[3]), ["z"] = TensorValue.FromFloats([4], new float[4]) }));
        using InferenceModel reshape = InferenceModel.Load(new GraphBuilder().Input("x", ["a"]).Input("z", ["b"], ElementType.Int64).Node("Reshape", ["x", "z"], ["y"]).Output("y").Build());
        Try(() => reshape.Run(new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([3], new float[3]), ["z"] = new TensorValue(ElementType.Int64, [1], new byte[] { 2, 0, 0, 0, 0, 0, 0, 0 }) }));
        Assert.Fail("\n" + string.Join("\n---\n", messages));
    }
}
