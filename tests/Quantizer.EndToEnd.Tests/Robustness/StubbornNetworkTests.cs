using System.Text.Json;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Robustness;

/// <summary>Networks that ONNX Runtime does not open or run when all that gains is quantized, and networks that once ended the
/// process.</summary>
public sealed class StubbornNetworkTests : IDisposable
{
    private const int Side = 8;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_product_of_two_convolutions_in_front_of_a_third_is_quantized_in_part_and_the_report_says_so()
    {
        JsonElement report = Quantize(
            Picture().Conv("a", "x").Conv("b", "x").Node("MatMul", ["a", "b"], ["z"]).Conv("y", "z").Output("y").Build()
        );

        Assert.InRange(Sqnr(report), 30, 200);
        JsonElement left = report.GetProperty("nodes").EnumerateArray().Single(node => node.GetProperty("name").GetString() == "Conv_y");
        Assert.Equal("float", left.GetProperty("decision").GetString());
        Assert.StartsWith("ONNX Runtime does not run the model with it in integers", left.GetProperty("reason").GetString());
        Assert.Contains(
            report.GetProperty("findings").EnumerateArray(),
            finding => finding.GetProperty("message").GetString()!.Contains("'Conv_y'")
        );
    }

    [Theory]
    [InlineData("CenterCropPad")]
    [InlineData("Resize")]
    [InlineData("Pad")]
    public void An_operator_that_names_its_axes_between_convolutions_runs(string operatorType)
    {
        GraphBuilder builder = new GraphBuilder(opset: 18)
            .Input("x", [1, Layers.Channels, Side, Side])
            .Conv("a", "x")
            .Node("Relu", ["a"], ["b"])
            .Constant("sizes", [2], [6L, 10L])
            .Constant("pads", [2], [-1L, 2L])
            .Constant("last", [1], [3L])
            .Constant("zero", [], [0f]);
        builder = operatorType switch
        {
            "CenterCropPad" => builder.Node("CenterCropPad", ["b", "sizes"], ["c"], NodeAttribute.Of("axes", [2L, 3L])),
            "Resize" => builder.Node(
                "Resize",
                ["b", "", "", "sizes"],
                ["c"],
                NodeAttribute.Of("axes", [2L, 3L]),
                NodeAttribute.Of("keep_aspect_ratio_policy", "not_larger")
            ),
            _ => builder.Node("Pad", ["b", "pads", "zero", "last"], ["c"]),
        };

        JsonElement report = Quantize(builder.Conv("y", "c").Output("y").Build());

        Assert.InRange(Sqnr(report), 30, 200);
        Assert.True(report.GetProperty("nodes").EnumerateArray().Count(node => node.GetProperty("decision").GetString() == "int8") > 0);
    }

    [Fact]
    public void A_slice_of_an_axis_of_unknown_size_behind_a_convolution_does_not_end_the_process()
    {
        JsonElement report = Quantize(
            new GraphBuilder()
                .Input("x", [1, Layers.Channels, "h", "w"])
                .Conv("a", "x")
                .Constant("from", [1], [0L])
                .Constant("to", [1], [-1L])
                .Constant("axis", [1], [2L])
                .Node("Slice", ["a", "from", "to", "axis"], ["b"])
                .Node("Relu", ["b"], ["c"])
                .Conv("y", "c")
                .Output("y")
                .Build()
        );

        Assert.InRange(Sqnr(report), 30, 200);
    }

    [Fact]
    public void Weights_of_a_subgraph_go_with_it()
    {
        Graph Branch(string name) => new GraphBuilder().Conv(name, "b").Output(name).Build().Graph;
        Node choice = new("If", ["yes"], ["y"], "If_y")
        {
            Attributes = [NodeAttribute.Of("then_branch", Branch("then")), NodeAttribute.Of("else_branch", Branch("else"))],
        };

        JsonElement report = Quantize(
            Picture()
                .Conv("a", "x")
                .Conv("b", "a")
                .Constant(new Tensor("yes", ElementType.Bool, [], new byte[] { 1 }))
                .Node(choice)
                .Output("y")
                .Build()
        );

        Assert.InRange(Sqnr(report), 30, 200);
    }

    private static GraphBuilder Picture() => new GraphBuilder().Input("x", [1, Layers.Channels, Side, Side]);

    private JsonElement Quantize(OnnxModel model)
    {
        string samples = _workspace.WriteRandom("inputs.npz", "x", [12, Layers.Channels, Side, Side]);
        return CommandLine.Run(_workspace.Write("model.onnx", model), "--calib", samples, "--json").MustSucceed().Json();
    }

    private static double Sqnr(JsonElement report) =>
        Assert.Single(report.GetProperty("outputs").EnumerateArray()).GetProperty("sqnrDb").GetDouble();
}
