using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Targets;
using static Quantizer.Core.Tests.Normalization.NormalizedGraph;

namespace Quantizer.Core.Tests.Normalization.Unfusing;

/// <summary>What ONNX Runtime's transformer optimizer writes, against its own kernels.</summary>
public sealed class FusedTransformerTests
{
    private const int Batch = 2,
        Length = 5,
        Width = 8;

    private const string Core =
        "MatMul Add Split Reshape Transpose Reshape Transpose MatMul Mul {0}Softmax Reshape Transpose MatMul Transpose Reshape";

    private static readonly long[] RightPadded = [1, 1, 1, 0, 0, 1, 1, 1, 1, 1];

    [Theory]
    [InlineData("none", false, "")]
    [InlineData("lengths", false, "Cast Reshape Shape Gather Range Less Where Add ")]
    [InlineData("positions", false, "Greater Where Unsqueeze Add ")]
    [InlineData("pairs", false, "Greater Where Unsqueeze Add ")]
    [InlineData("bias", false, "Add ")]
    [InlineData("none", true, "Shape Gather Range Reshape Greater Where Add ")]
    [InlineData("lengths", true, "Cast Reshape Shape Gather Range Less Where Shape Gather Range Reshape Greater Where Add ")]
    [InlineData("positions", true, "Greater Where Unsqueeze Shape Gather Range Reshape Greater Where Add ")]
    [InlineData("pairs", true, "Greater Where Unsqueeze Shape Gather Range Reshape Greater Where Add ")]
    public void An_attention_is_products_and_a_softmax(string mask, bool isCausal, string masking)
    {
        (OnnxModel model, Dictionary<string, TensorValue> inputs) = Attention(
            mask,
            isCausal ? [NodeAttribute.Of("unidirectional", 1L)] : []
        );

        NormalizedModel normalized = ModelNormalizer.Normalize(model);

        Assert.DoesNotContain(normalized.Graph.Nodes, node => node.Domain.Length > 0);
        Assert.Equal(Sorted(string.Format(null, Core, masking)), Sorted(normalized.Operators()));
        Equivalence.Assert(model, normalized.Model, 1e-5, inputs);
    }

    [Fact]
    public void Scale_filter_and_widths_of_its_own_are_kept()
    {
        (OnnxModel model, Dictionary<string, TensorValue> inputs) = Attention(
            "positions",
            [
                NodeAttribute.Of("scale", 0.25f),
                NodeAttribute.Of("mask_filter_value", -1.5f),
                NodeAttribute.Of("qkv_hidden_sizes", [Width, Width, 4L]),
            ],
            values: 4
        );

        NormalizedModel normalized = ModelNormalizer.Normalize(model);

        Assert.DoesNotContain(normalized.Graph.Nodes, node => node.Domain.Length > 0);
        Equivalence.Assert(model, normalized.Model, 1e-5, inputs);
    }

    [Fact]
    public void An_attention_with_a_past_stays_in_float()
    {
        OnnxModel model = AttentionGraph(Width)
            .Input("past", [2, Batch, 2, 3, 4])
            .Node(
                new Node("Attention", ["x", "w", "b", "", "past"], ["y", "present"], "attention", "com.microsoft")
                {
                    Attributes = [NodeAttribute.Of("num_heads", 2L)],
                }
            )
            .Output("y")
            .Output("present")
            .Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));

        NormalizedModel normalized = Of(model);

        Assert.Equal("Attention", normalized.Operators());
        NodePlacement placement = Assert.Single(
            Placer.Place(normalized.Graph, normalized.SampleTensors, QuantizationTarget.Default.Target, PlacementOptions.Default).Nodes
        );
        Assert.Equal((NodeForm.Float, "Attention has no integer kernel on this target"), (placement.Form, placement.Reason));
    }

    [Theory]
    [InlineData(13, false, false)]
    [InlineData(17, false, false)]
    [InlineData(17, true, false)]
    [InlineData(17, false, true)]
    [InlineData(18, true, true)]
    public void Embeddings_are_looked_up_summed_and_normalized(int opset, bool hasSegments, bool hasPositions)
    {
        GraphBuilder graph = Embeddings(opset);
        if (hasSegments)
            graph.Input("segments", ["batch", "length"], ElementType.Int32).Constant("segmentTable", [2, Width], Values(2 * Width, 3));
        if (hasPositions)
            graph.Constant(Tensor.FromInt32s("places", [1, Length], [4, 3, 2, 1, 0]));
        OnnxModel model = graph
            .Node(
                new Node(
                    "EmbedLayerNormalization",
                    [
                        "words",
                        hasSegments ? "segments" : "",
                        "wordTable",
                        "placeTable",
                        hasSegments ? "segmentTable" : "",
                        "gamma",
                        "beta",
                        "mask",
                        .. hasPositions ? ["places"] : Array.Empty<string>(),
                    ],
                    ["y", "counts", "sum"],
                    "embed",
                    "com.microsoft"
                )
                {
                    Attributes = [NodeAttribute.Of("epsilon", 1e-5f)],
                }
            )
            .Output("y")
            .Output("counts", type: ElementType.Int32)
            .Output("sum")
            .Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));
        Dictionary<string, TensorValue> inputs = new()
        {
            ["words"] = Integers(0, 9, 3, 3, 7, 1, 2, 8, 0, 5),
            ["mask"] = Integers(RightPadded),
        };
        if (hasSegments)
            inputs["segments"] = Integers(0, 0, 1, 1, 1, 0, 1, 0, 1, 0);

        NormalizedModel normalized = ModelNormalizer.Normalize(model);

        Assert.DoesNotContain(normalized.Graph.Nodes, node => node.Domain.Length > 0);
        Equivalence.Assert(model, normalized.Model, 1e-5, inputs);
    }

    [Fact]
    public void The_numbers_of_positions_that_embeddings_count_mask_the_attention_behind()
    {
        OnnxModel model = Embeddings(17)
            .Constant("w", [Width, 3 * Width], Values(3 * Width * Width))
            .Constant("b", [3 * Width], Values(3 * Width, 2))
            .Node(
                new Node(
                    "EmbedLayerNormalization",
                    ["words", "", "wordTable", "placeTable", "", "gamma", "beta", "mask"],
                    ["e", "counts"],
                    "embed",
                    "com.microsoft"
                )
            )
            .Node(
                new Node("Attention", ["e", "w", "b", "counts"], ["y"], "attention", "com.microsoft")
                {
                    Attributes = [NodeAttribute.Of("num_heads", 2L)],
                }
            )
            .Output("y")
            .Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));

        NormalizedModel normalized = ModelNormalizer.Normalize(model);

        Assert.DoesNotContain(normalized.Graph.Nodes, node => node.Domain.Length > 0);
        Dictionary<string, TensorValue> inputs = new()
        {
            ["words"] = Integers(0, 9, 3, 3, 7, 1, 2, 8, 0, 5),
            ["mask"] = Integers(RightPadded),
        };
        Equivalence.Assert(model, normalized.Model, 1e-5, inputs);
    }

    [Fact]
    public void The_projections_of_an_attention_run_on_integers()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 16, 128])
            .Constant("w", [128, 384], Values(128 * 384))
            .Constant("b", [384], Values(384, 2))
            .Node(
                new Node("Attention", ["x", "w", "b"], ["y"], "attention", "com.microsoft")
                {
                    Attributes = [NodeAttribute.Of("num_heads", 4L)],
                }
            )
            .Output("y")
            .Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));
        NormalizedModel normalized = ModelNormalizer.Normalize(model);

        NodePlacement[] nodes =
        [
            .. Placer
                .Place(
                    normalized.Graph,
                    normalized.SampleTensors,
                    QuantizationTarget.Default.Target,
                    PlacementOptions.Default with
                    {
                        Activations = ActivationMode.Dynamic,
                    }
                )
                .Nodes.Where(node => node.OpType == "MatMul"),
        ];

        Assert.Equal([NodeForm.Dynamic, NodeForm.Float, NodeForm.Float], nodes.Select(node => node.Form));
        Assert.Equal("attention", nodes[0].Node);
    }

    private static (OnnxModel, Dictionary<string, TensorValue>) Attention(string mask, NodeAttribute[] attributes, int values = Width)
    {
        GraphBuilder graph = AttentionGraph(values);
        Dictionary<string, TensorValue> inputs = new()
        {
            ["x"] = TensorValue.FromFloats([Batch, Length, Width], Values(Batch * Length * Width, 7)),
        };
        string[] more = mask switch
        {
            "none" => [],
            "bias" => ["", "", "bias"],
            _ => ["mask"],
        };
        if (mask == "bias")
        {
            graph.Constant("bias", [1, 2, Length, Length], Values(2 * Length * Length, 4));
        }
        else if (more.Length > 0)
        {
            (Dimension[] shape, inputs["mask"]) = mask switch
            {
                "lengths" => ((Dimension[])["batch"], Integers([Batch], 3, 5)),
                "positions" => (["batch", "length"], Integers(RightPadded)),
                _ => (
                    ["batch", "length", "length"],
                    Integers([Batch, Length, Length], [.. Enumerable.Range(0, Batch * Length * Length).Select(i => i % 3 == 0 ? 0L : 1L)])
                ),
            };
            graph.Input("mask", shape, ElementType.Int32);
        }
        OnnxModel model = graph
            .Node(
                new Node("Attention", ["x", "w", "b", .. more], ["y"], "attention", "com.microsoft")
                {
                    Attributes = [NodeAttribute.Of("num_heads", 2L), .. attributes],
                }
            )
            .Output("y")
            .Build();
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));
        return (model, inputs);
    }

    private static GraphBuilder AttentionGraph(int values) =>
        new GraphBuilder()
            .Input("x", ["batch", "length", Width])
            .Constant("w", [Width, 2 * Width + values], Values((2 * Width + values) * Width))
            .Constant("b", [2 * Width + values], Values(2 * Width + values, 2));

    private static GraphBuilder Embeddings(int opset) =>
        new GraphBuilder(opset)
            .Input("words", ["batch", "length"], ElementType.Int32)
            .Input("mask", ["batch", "length"], ElementType.Int32)
            .Constant("wordTable", [10, Width], Values(10 * Width))
            .Constant("placeTable", [7, Width], Values(7 * Width, 2))
            .Constant("gamma", [Width], Values(Width, 5))
            .Constant("beta", [Width], Values(Width, 6));

    private static TensorValue Integers(params long[] values) => Integers([Batch, Length], values);

    private static TensorValue Integers(long[] shape, params long[] values) =>
        new(ElementType.Int32, shape, MemoryMarshal.AsBytes<int>(Array.ConvertAll(values, value => (int)value)).ToArray());

    private static string Sorted(string operators) => string.Join(' ', operators.Split(' ').Order(StringComparer.Ordinal));
}
