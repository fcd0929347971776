using Quantizer.Graphs;

namespace Quantizer.Benchmarks;

/// <summary>
/// Well-known networks with random but reproducible weights, BatchNormalization folded: for timing, where only shapes
/// count. Weights are scaled (He) so that activations stay of order one through all layers.
/// </summary>
internal static class SeededNetworks
{
    public static readonly long[] PictureShape = [1, 3, 224, 224];

    /// <summary>What SqueezeNet was made for.</summary>
    public static readonly long[] SqueezeNetPictureShape = [1, 3, 227, 227];

    private const int Classes = 1000;

    /// <summary>ResNet-18 at 224 x 224: 11.7 million parameters, 1.8 billion multiply-accumulates.</summary>
    public static OnnxModel ResNet18()
    {
        Builder net = new(seed: 18);
        string x = net.Relu(net.Convolution("x", 3, 64, kernel: 7, stride: 2));
        x = net.MaxPool(x);
        int depth = 64;
        foreach ((int filters, int stride) in ((int, int)[])[(64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)])
        {
            string inner = net.Relu(net.Convolution(x, depth, filters, kernel: 3, stride));
            // The last convolution of a block starts small, as trained ones do: the sum must not grow from block to block.
            string branch = net.Convolution(inner, filters, filters, kernel: 3, gain: 0.5f);
            string skip = stride == 1 ? x : net.Convolution(x, depth, filters, kernel: 1, stride);
            x = net.Relu(net.Add(branch, skip));
            depth = filters;
        }
        return net.Classifier(x, depth, Classes);
    }

    /// <summary>MobileNetV2 (width 1.0) at 224 x 224: 3.5 million parameters, 0.3 billion multiply-accumulates; ReLU6 as Clip.</summary>
    public static OnnxModel MobileNetV2()
    {
        Builder net = new(seed: 2);
        string x = net.Relu6(net.Convolution("x", 3, 32, kernel: 3, stride: 2));
        int depth = 32;
        foreach (
            (int expansion, int filters, int blocks, int stride) in ((int, int, int, int)[])
                [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
        )
        {
            for (int block = 0; block < blocks; block++)
            {
                int step = block == 0 ? stride : 1;
                int wide = depth * expansion;
                string expanded = expansion == 1 ? x : net.Relu6(net.Convolution(x, depth, wide, kernel: 1));
                string deep = net.Relu6(net.Convolution(expanded, wide, wide, kernel: 3, step, groups: wide));
                string narrow = net.Convolution(deep, wide, filters, kernel: 1, gain: 0.5f);
                x = step == 1 && depth == filters ? net.Add(narrow, x) : narrow;
                depth = filters;
            }
        }
        return net.Classifier(net.Relu6(net.Convolution(x, depth, 1280, kernel: 1)), 1280, Classes);
    }

    /// <summary>SqueezeNet 1.1 at 227 x 227: 1.2 million parameters, 0.35 billion multiply-accumulates, a Concat in each of its eight
    /// modules.</summary>
    public static OnnxModel SqueezeNet()
    {
        Builder net = new(seed: 11, size: SqueezeNetPictureShape[^1]);
        string x = net.Relu(net.Convolution("x", 3, 64, kernel: 3, stride: 2, pad: 0));
        int depth = 64;
        foreach (
            (int squeeze, int expand, bool isBehindPool) in ((int, int, bool)[])
                [
                    (16, 64, true),
                    (16, 64, false),
                    (32, 128, true),
                    (32, 128, false),
                    (48, 192, true),
                    (48, 192, false),
                    (64, 256, false),
                    (64, 256, false),
                ]
        )
        {
            if (isBehindPool)
                x = net.MaxPool(x, pad: 0);
            string narrow = net.Relu(net.Convolution(x, depth, squeeze, kernel: 1));
            string pointwise = net.Relu(net.Convolution(narrow, squeeze, expand, kernel: 1));
            x = net.Concat(pointwise, net.Relu(net.Convolution(narrow, squeeze, expand, kernel: 3)));
            depth = 2 * expand;
        }
        return net.Pooled(net.Relu(net.Convolution(x, depth, Classes, kernel: 1)));
    }

    private sealed class Builder(int seed, long size = 224)
    {
        private readonly Random _random = new(seed);
        private readonly GraphBuilder _graph = new GraphBuilder(opset: 17)
            .Input("x", ["batch", 3, size, size])
            .Constant("zero", [], [0f])
            .Constant("six", [], [6f]);
        private int _count;

        public string Convolution(
            string input,
            int depth,
            int filters,
            int kernel,
            int stride = 1,
            int groups = 1,
            float gain = 1f,
            int? pad = null
        )
        {
            int fan = depth / groups * kernel * kernel;
            string output = $"conv{_count++}";
            int border = pad ?? kernel / 2;
            _graph
                .Constant($"{output}.weight", [filters, depth / groups, kernel, kernel], Values(filters * fan, gain * MathF.Sqrt(6f / fan)))
                .Constant($"{output}.bias", [filters], Values(filters, 0.1f))
                .Node(
                    "Conv",
                    [input, $"{output}.weight", $"{output}.bias"],
                    [output],
                    NodeAttribute.Of("kernel_shape", [kernel, kernel]),
                    NodeAttribute.Of("strides", [stride, stride]),
                    NodeAttribute.Of("pads", [border, border, border, border]),
                    NodeAttribute.Of("group", groups)
                );
            return output;
        }

        public string Relu(string input) => Node("Relu", [input]);

        public string Relu6(string input) => Node("Clip", [input, "zero", "six"]);

        public string Add(string left, string right) => Node("Add", [left, right]);

        public string Concat(string left, string right) => Node("Concat", [left, right], NodeAttribute.Of("axis", 1L));

        public string MaxPool(string input, int pad = 1) =>
            Node(
                "MaxPool",
                [input],
                NodeAttribute.Of("kernel_shape", [3, 3]),
                NodeAttribute.Of("strides", [2, 2]),
                NodeAttribute.Of("pads", [pad, pad, pad, pad])
            );

        /// <summary>The scores are the means of the last channels.</summary>
        public OnnxModel Pooled(string input) =>
            _graph.Node("Flatten", [Node("GlobalAveragePool", [input])], ["logits"]).Output("logits", ["batch", Classes]).Build();

        public OnnxModel Classifier(string input, int depth, int classes)
        {
            string flat = Node("Flatten", [Node("GlobalAveragePool", [input])]);
            return _graph
                .Constant("classifier.weight", [classes, depth], Values(classes * depth, MathF.Sqrt(3f / depth)))
                .Constant("classifier.bias", [classes], Values(classes, 0.1f))
                .Node("Gemm", [flat, "classifier.weight", "classifier.bias"], ["logits"], NodeAttribute.Of("transB", 1))
                .Output("logits", ["batch", classes])
                .Build();
        }

        private string Node(string opType, string[] inputs, params NodeAttribute[] attributes)
        {
            string output = $"{opType.ToLowerInvariant()}{_count++}";
            _graph.Node(opType, inputs, [output], attributes);
            return output;
        }

        /// <summary>Uniform between -limit and limit; sqrt(6 / fan-in) keeps the variance through a ReLU.</summary>
        private float[] Values(int count, float limit)
        {
            float[] values = new float[count];
            for (int i = 0; i < count; i++)
                values[i] = limit * ((2f * _random.NextSingle()) - 1f);
            return values;
        }
    }
}
