using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Rewriting;

public class GraphRewriterTests
{
    [Fact]
    public void The_rewritten_graph_reads_as_it_was_planned()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 128]).Gemm("y", "x", 128, 128).Output("y").Build()
        );

        string[] lines = GraphPrinter.Print(network.Model.Graph).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            """
            input x: Float[1,128]
            y_w_dequantized = DequantizeLinear(y_w_quantized, y_w_scale, y_w_zero_point) {axis=1}
            y_b_dequantized = DequantizeLinear(y_b_quantized, y_b_scale) {axis=0}
            x_quantized = QuantizeLinear(x, x_scale, x_zero_point)
            x_dequantized = DequantizeLinear(x_quantized, x_scale, x_zero_point)
            y = Gemm(x_dequantized, y_w_dequantized, y_b_dequantized)
            output y: Float[?]
            """.ReplaceLineEndings("\n"),
            string.Join('\n', lines.Where(line => !line.StartsWith("constant", StringComparison.Ordinal)))
        );
        Assert.Equal(
            [
                "x_scale: Float[]",
                "x_zero_point: UInt8[]",
                "y_b_quantized: Int32[128]",
                "y_b_scale: Float[128]",
                "y_w_quantized: Int8[128,128]",
                "y_w_scale: Float[128]",
                "y_w_zero_point: Int8[128]",
            ],
            network.Model.Graph.Initializers.Select(tensor => tensor.ToString()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_models_fields_are_kept_and_this_tool_names_itself()
    {
        OnnxModel source = new GraphBuilder(opset: 21).Input("x", [1, 128]).Gemm("y", "x", 128, 128).Output("y").Build();
        (source.Domain, source.DocString, source.ModelVersion) = ("example.com", "a model", 7);
        source.Metadata.Add(new KeyValuePair<string, string>("classes", "cat,dog"));
        source.Graph.Nodes[0].DocString = "/home/someone/model.py(17): forward";

        OnnxModel model = QuantizedNetwork.Of(source).Model;

        Assert.Equal(("example.com", "a model", 7L, 21L), (model.Domain, model.DocString, model.ModelVersion, model.Opset));
        Assert.Contains(new KeyValuePair<string, string>("classes", "cat,dog"), model.Metadata);
        Assert.Equal(ToolVersion.Name, model.ProducerName);
        // Where in somebody's program a node comes from is not.
        Assert.All(model.Graph.Nodes, node => Assert.Empty(node.DocString));
    }

    [Fact]
    public void The_model_it_is_given_is_not_touched()
    {
        OnnxModel source = ConvolutionalNetwork.Build(1);
        QuantizedNetwork network = QuantizedNetwork.Of(source);
        OnnxModel normalized = Quantizer.Normalization.ModelNormalizer.Normalize(source).Model;
        byte[] before = OnnxFile.ToBytes(normalized);

        OnnxModel first = GraphRewriter.Rewrite(normalized, network.Plan),
            second = GraphRewriter.Rewrite(normalized, network.Plan);

        Assert.Equal(before, OnnxFile.ToBytes(normalized));
        Assert.Equal(OnnxFile.ToBytes(first), OnnxFile.ToBytes(second));
        Assert.NotEqual(before, OnnxFile.ToBytes(first));
    }

    [Fact]
    public void The_file_loads_and_gives_what_the_model_in_memory_gives()
    {
        using TemporaryFolder folder = new();
        QuantizedNetwork network = QuantizedNetwork.Of(ConvolutionalNetwork.Build("batch"));
        string path = Path.Combine(folder.Path, "int8.onnx");
        OnnxFile.Write(network.Model, path);

        using InferenceModel fromFile = InferenceModel.Load(path),
            fromMemory = InferenceModel.Load(network.Model);
        Dictionary<string, TensorValue> inputs = new()
        {
            ["x"] = TensorValue.FromFloats([2, 3, 16, 16], Execution.SmallNetworks.Values(2 * 3 * 256, seed: 3)),
        };
        Assert.Equal(fromMemory.Run(inputs)["logits"].Data.ToArray(), fromFile.Run(inputs)["logits"].Data.ToArray());
    }

    [Fact]
    public void A_quarter_of_the_weights_bytes_is_stored()
    {
        OnnxModel source = new GraphBuilder().Input("x", [1, 512]).Gemm("y", "x", 512, 512).Output("y").Build();

        Assert.InRange(OnnxFile.ToBytes(QuantizedNetwork.Of(source).Model).Length / (double)OnnxFile.ToBytes(source).Length, 0.25, 0.27);
    }

    [Fact]
    public void One_scale_for_all_weights_is_stored_as_a_scalar()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 16, 8, 8]).Conv("y", "x", 16, 16).Output("y").Build(),
            weights: WeightOptions.Default with
            {
                Granularity = WeightGranularity.PerTensor,
            }
        );

        Assert.Equal("y_w_scale: Float[]", network.Constant("y_w_scale").ToString());
        Assert.Equal("y_w_zero_point: Int8[]", network.Constant("y_w_zero_point").ToString());
        Assert.Equal("DequantizeLinear QLinearConv QuantizeLinear", network.Kernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void New_names_avoid_those_of_the_users_graph()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("y", "x", 16, 16)
                .Node("Tanh", ["y"], ["y_quantized"])
                .Node("Tanh", ["y_quantized"], ["y_dequantized"])
                .Constant("y_scale", [], [2f])
                .Node(new Node("Mul", ["y_dequantized", "y_scale"], ["x_dequantized"], "x_QuantizeLinear"))
                .Conv("x_zero_point", "x_dequantized", 16, 16)
                .Output("x_zero_point")
                .Output("y")
                .Build()
        );

        string[] names =
        [
            .. network.Model.Graph.Nodes.SelectMany(node => node.Outputs),
            .. network.Model.Graph.Initializers.Select(tensor => tensor.Name),
            "x",
        ];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(network.Model.Graph.Nodes.Count, network.Model.Graph.Nodes.Select(node => node.Name).Distinct().Count());
        Assert.Contains("y_quantized_2", names);
        network.AssertClose(28);
    }

    [Fact]
    public void New_names_avoid_those_inside_of_branches()
    {
        Graph Branch(string function) =>
            new GraphBuilder()
                .Node(function, ["flag", "other"], ["x_quantized"])
                .Node("Or", ["x_quantized", "flag"], [function])
                .Output(function, type: ElementType.Bool)
                .BuildGraph();
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("y", "x", 16, 16)
                .Node("ReduceMax", ["y"], ["largest"], NodeAttribute.Of("keepdims", 0L))
                .Constant("zero", [], [0f])
                .Node("Greater", ["largest", "zero"], ["flag"])
                .Node("Not", ["flag"], ["other"])
                .Node(
                    "If",
                    ["flag"],
                    ["chosen"],
                    NodeAttribute.Of("then_branch", Branch("And")),
                    NodeAttribute.Of("else_branch", Branch("Xor"))
                )
                .Node("Cast", ["chosen"], ["z"], NodeAttribute.Of("to", (long)ElementType.Float))
                .Output("y")
                .Output("z")
                .Build()
        );

        Assert.DoesNotContain(network.Model.Graph.Nodes, node => node.Outputs.Contains("x_quantized"));
        network.AssertClose(28);
    }

    [Fact]
    public void Float_weights_that_are_read_elsewhere_too_stay()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder()
                .Input("x", [1, 128])
                .Gemm("y", "x", 128, 128)
                .Node("MatMul", ["x", "y_w"], ["product"])
                .Output("y")
                .Output("product")
                .Build(),
            Quantizer.Placement.PlacementOptions.Default with
            {
                Exclude = ["product"],
            }
        );

        Assert.Equal(ElementType.Float, network.Constant("y_w").Type);
        Assert.Equal(ElementType.Int8, network.Constant("y_w_quantized").Type);
        Assert.Equal("MatMul", network.KernelOf("MatMul_product"));
        network.AssertClose(35);
    }
}
