using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Inputs;

/// <summary>Small networks with random weights.</summary>
internal static class Networks
{
    public const int Classes = 4;

    /// <summary>Side of the classifier's pictures.</summary>
    public const int Side = 16;

    /// <summary>
    /// Pictures "x" [batch, 3, 16, 16] to "logits" [batch, 4]: a convolution, a residual block with a depthwise convolution,
    /// pooling and a fully connected layer.
    /// </summary>
    public static OnnxModel Classifier(bool named = true)
    {
        OnnxModel model = Convolutions()
            .Node("GlobalAveragePool", ["sum_relu"], ["mean"])
            .Node("Flatten", ["mean"], ["flat"])
            .Constant("fc_w", [16, Classes], RandomValues.Floats(16 * Classes, seed: 5))
            .Node("Gemm", ["flat", "fc_w"], ["logits"])
            .Output("logits", ["batch", Classes])
            .Build();
        if (!named)
        {
            foreach (Node node in model.Graph.Nodes)
                node.Name = "";
        }

        return model;
    }

    /// <summary>"x" [batch, 8] to "y" [batch, 4]: no pictures.</summary>
    public static OnnxModel Perceptron() =>
        new GraphBuilder()
            .Input("x", ["batch", 8])
            .Constant("w", [8, 4], RandomValues.Floats(32, seed: 1))
            .Node("Gemm", ["x", "w"], ["y"])
            .Output("y", ["batch", 4])
            .Build();

    /// <summary>The classifier with one more node at its end.</summary>
    public static OnnxModel WithLastNode(Node node, params OperatorSet[] operatorSets)
    {
        OnnxModel model = Classifier();
        model.Graph.Nodes.Add(node);
        model.OperatorSets.AddRange(operatorSets);
        model.Graph.Outputs.Clear();
        model.Graph.Outputs.Add(new ValueInfo(node.Outputs[0], ElementType.Float, null));
        return model;
    }

    private static GraphBuilder Convolutions()
    {
        GraphBuilder builder = new GraphBuilder().Input("x", ["batch", 3, Side, Side]);
        Convolution(builder, "stem", "x", 16, 3, 3, seed: 1);
        builder.Node("Relu", ["stem"], ["stem_relu"]);
        Convolution(builder, "depthwise", "stem_relu", 16, 1, 3, seed: 2, group: 16);
        builder.Node("Relu", ["depthwise"], ["depthwise_relu"]);
        Convolution(builder, "project", "depthwise_relu", 16, 16, 1, seed: 3);
        return builder.Node("Add", ["project", "stem_relu"], ["sum"]).Node("Relu", ["sum"], ["sum_relu"]);
    }

    private static void Convolution(
        GraphBuilder builder,
        string name,
        string input,
        int filters,
        int depth,
        int kernel,
        int seed,
        int group = 1
    )
    {
        // Values keep their size from layer to layer.
        float scale = MathF.Sqrt(6f / (depth * kernel * kernel));
        float[] weights = [.. RandomValues.Floats(filters * depth * kernel * kernel, seed).Select(value => value * scale)];
        int padding = kernel / 2;
        builder
            .Constant($"{name}_w", [filters, depth, kernel, kernel], weights)
            .Constant($"{name}_b", [filters], RandomValues.Floats(filters, seed + 100))
            .Node(
                "Conv",
                [input, $"{name}_w", $"{name}_b"],
                [name],
                NodeAttribute.Of("pads", [padding, padding, padding, padding]),
                NodeAttribute.Of("group", group)
            );
    }
}
