using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>What the first nodes of a model say of the pictures that it wants.</summary>
public sealed class BuiltInPreparationTests
{
    private static readonly PictureInput Planes = new("x", ElementType.Float, TensorLayout.Nchw, 3, 8, 8),
        Pixels = Planes with { Layout = TensorLayout.Nhwc };

    [Theory]
    // (x - 127.5) / 128: -1..1.
    [InlineData("Sub 127.5, Mul 0.0078125", "raw", null)]
    [InlineData("Div 255", "raw", null)]
    [InlineData("Mul 0.007843, Add -1", "raw", null)]
    [InlineData("Sub 123.675/116.28/103.53, Div 58.395/57.12/57.375", "raw", ChannelOrder.Rgb)]
    [InlineData("Sub 103.53/116.28/123.675, Div 57.375/57.12/58.395", "raw", ChannelOrder.Bgr)]
    [InlineData("Div 255, Sub 0.485/0.456/0.406, Div 0.229/0.224/0.225", "raw", ChannelOrder.Rgb)]
    [InlineData("Sub 104/117/123, Mul 0.017", "raw", ChannelOrder.Bgr)]
    // The mean may have been taken before.
    [InlineData("Mul 0.017", "raw caffe", null)]
    [InlineData("Sub 0.485/0.456/0.406, Div 0.229/0.224/0.225", "zero-one", ChannelOrder.Rgb)]
    [InlineData("Sub 0.406/0.456/0.485, Div 0.225/0.224/0.229", "zero-one", ChannelOrder.Bgr)]
    [InlineData("Mul 2, Sub 1", "zero-one", null)]
    // What is not scaled may be wanted in any range, but of 0..1 nobody takes so much.
    [InlineData("Sub 123.675/116.28/103.53", "raw", ChannelOrder.Rgb)]
    [InlineData("Sub 114.4/111.5/103", "raw", null)]
    public void Nodes_that_bring_values_to_the_customary_range_tell_what_they_start_from(string nodes, string presets, ChannelOrder? order)
    {
        foreach (PictureInput input in (PictureInput[])[Planes, Pixels])
        {
            BuiltInPreparation? found = BuiltInPreparation.Of(Model(input, Chain(nodes, input)), input);

            Assert.Equal(
                (presets, order),
                (found is null ? null : string.Join(' ', found.Presets.Select(preset => preset.Name)), found?.Channels)
            );
        }
    }

    [Theory]
    // LPIPS scales -1..1.
    [InlineData("Sub -0.030/-0.088/-0.188, Div 0.458/0.448/0.450")]
    // A mean that is none of a picture's.
    [InlineData("Sub 20")]
    [InlineData("Sub 200/210/220")]
    // 1..3, of bytes less 128.
    [InlineData("Add 128, Div 128")]
    [InlineData("Mul 0.001")]
    [InlineData("Mul -0.0078125")]
    [InlineData("Mul 0")]
    [InlineData("Relu")]
    public void Others_say_nothing(string nodes) => Assert.Null(BuiltInPreparation.Of(Model(Planes, Chain(nodes, Planes)), Planes));

    [Fact]
    public void Nodes_that_change_no_value_are_passed_and_channels_followed()
    {
        PictureInput whole = Pixels with { Type = ElementType.Int32 };
        List<Node> nodes =
        [
            new Node("Shape", ["x"], ["size"]),
            new Node("Cast", ["x"], ["float"]) { Attributes = [NodeAttribute.Of("to", (long)ElementType.Float)] },
            new Node("Transpose", ["float"], ["planar"]) { Attributes = [NodeAttribute.Of("perm", (long[])[0, 3, 1, 2])] },
            new Node("Sub", ["planar", "mean"], ["less"]),
            new Node("Mul", ["factor", "less"], ["y"]),
        ];
        OnnxModel model = Model(
            whole,
            nodes,
            Tensor.FromFloats("mean", [3, 1, 1], [103.53f, 116.28f, 123.675f]),
            Tensor.FromFloats("factor", [], [0.017f])
        );

        BuiltInPreparation found = BuiltInPreparation.Of(model, whole)!;

        Assert.Equal(ChannelOrder.Bgr, found.Channels);
        Assert.Equal("The model prepares its pictures itself (Sub, Mul: bytes 0..255 become -2.1..2.57).", found.Account);
    }

    [Fact]
    public void A_mean_that_nodes_give_its_axes_is_computed()
    {
        List<Node> nodes =
        [
            new Node("Constant", [], ["axes"]) { Attributes = [NodeAttribute.Of("value", Tensor.FromInt64s("", [3], [0, 2, 3]))] },
            new Node("Unsqueeze", ["mean", "axes"], ["broad"]),
            new Node("Sub", ["x", "broad"], ["less"]),
            new Node("Div", ["less", "std"], ["y"]),
        ];

        BuiltInPreparation? found = BuiltInPreparation.Of(
            Model(Planes, nodes, Tensor.FromFloats("mean", [3], [0.485f, 0.456f, 0.406f]), Tensor.FromFloats("std", [], [0.225f])),
            Planes
        );

        Assert.Equal(("zero-one", ChannelOrder.Rgb), (Assert.Single(found!.Presets).Name, found.Channels));
    }

    [Fact]
    public void Normalizations_and_convolutions_of_single_pixels_count_for_bytes()
    {
        Tensor[] constants =
        [
            Tensor.FromFloats("one", [3], [1, 1, 1]),
            Tensor.FromFloats("zero", [3], [0, 0, 0]),
            Tensor.FromFloats("mean", [3], [123.675f, 116.28f, 103.53f]),
            Tensor.FromFloats("variance", [3], [3400, 3300, 3300]),
            Tensor.FromFloats("weights", [3, 1, 1, 1], [1 / 64f, 1 / 64f, 1 / 64f]),
            Tensor.FromFloats("bias", [3], [-2, -2, -2]),
        ];
        Node normalization = new("BatchNormalization", ["x", "one", "zero", "mean", "variance"], ["y"]),
            convolution = new("Conv", ["x", "weights", "bias"], ["y"]) { Attributes = [NodeAttribute.Of("group", 3L)] };

        Assert.Equal(ChannelOrder.Rgb, BuiltInPreparation.Of(Model(Planes, [normalization], constants), Planes)?.Channels);
        Assert.Equal("raw", Assert.Single(BuiltInPreparation.Of(Model(Planes, [convolution], constants), Planes)!.Presets).Name);
        // Of 0..1, it tells more by its statistics than by its form.
        constants[2] = Tensor.FromFloats("mean", [3], [0.485f, 0.456f, 0.406f]);
        constants[3] = Tensor.FromFloats("variance", [3], [0.05f, 0.05f, 0.05f]);
        Assert.Null(BuiltInPreparation.Of(Model(Planes, [normalization], constants), Planes));
        // With padding, its border is no scaled picture.
        convolution.Set(NodeAttribute.Of("pads", (long[])[1, 1, 1, 1]));
        Assert.Null(BuiltInPreparation.Of(Model(Planes, [convolution], constants), Planes));
    }

    [Fact]
    public void What_several_nodes_see_before_any_layer_or_the_model_gives_is_read_no_further()
    {
        List<Node> seen = Chain("Sub 127.5, Mul 0.0078125", Planes);
        seen.Add(new Node("Relu", ["x"], ["aside"]));
        List<Node> given = Chain("Sub 20, Mul 0.0078125", Planes);
        OnnxModel model = Model(Planes, given);
        model.Graph.Outputs.Add(new ValueInfo(given[1].Outputs[0], ElementType.Float, null));

        Assert.Null(BuiltInPreparation.Of(Model(Planes, seen), Planes));
        Assert.Null(BuiltInPreparation.Of(model, Planes));
    }

    [Theory]
    // A global residual, also where layers refine it, and a mask.
    [InlineData("Add picture layer result", true)]
    [InlineData("Add picture layer joined, Conv joined weights result", true)]
    [InlineData("Identity picture same, Clip layer share, Mul share same result", true)]
    [InlineData("Shape picture size, Reshape layer size result", true)]
    // Another layer sees the picture as it comes.
    [InlineData("Conv picture weights second, Add second layer result", false)]
    [InlineData("Relu picture second, Conv second weights third, Add third layer result", false)]
    public void A_second_reader_at_the_end_of_the_layers_hides_nothing(string others, bool isTold)
    {
        List<Node> nodes = Named("Sub picture mean less, Div less std scaled, Conv scaled weights layer, " + others);
        OnnxModel model = Model(
            Planes,
            [new Node("Identity", ["x"], ["picture"]), .. nodes, new Node("Relu", ["result"], ["y"])],
            Tensor.FromFloats("mean", [1, 3, 1, 1], [0.485f, 0.456f, 0.406f]),
            Tensor.FromFloats("std", [1, 3, 1, 1], [0.229f, 0.224f, 0.225f]),
            Tensor.FromFloats("weights", [3, 3, 1, 1], new float[9])
        );

        BuiltInPreparation? found = BuiltInPreparation.Of(model, Planes);

        Assert.Equal(isTold ? ("zero-one", ChannelOrder.Rgb) : (null, null), (found?.Presets[0].Name, found?.Channels));
    }

    [Fact]
    public void Whole_numbers_say_that_bytes_are_wanted()
    {
        PictureInput whole = Planes with { Type = ElementType.UInt8 };
        // The remainders that a division of whole numbers drops are no scaling.
        List<Node> nodes = Chain("Div 255", whole);

        BuiltInPreparation? found = BuiltInPreparation.Of(Model(whole, nodes), whole);

        Assert.Equal("The model takes whole numbers (UInt8), and prepares its pictures itself.", found?.Account);
        Assert.Equal("raw", Assert.Single(found!.Presets).Name);
    }

    [Theory]
    [InlineData("images", "output0", 3, true)]
    [InlineData("images", "output", 3, false)]
    [InlineData("image", "output0", 3, false)]
    [InlineData("images", "output0", 1, false)]
    public void The_names_that_Ultralytics_gives_say_that_its_networks_are_fed_shares(
        string input,
        string output,
        int channels,
        bool expected
    )
    {
        OnnxModel model = new GraphBuilder().Input(input, [1, channels, 8, 8]).Node("Relu", [input], [output]).Output(output).Build();

        BuiltInPreparation? found = BuiltInPreparation.Of(model, Planes with { Name = input, Channels = channels });

        Assert.Equal(expected, found is { Presets: [{ Name: "zero-one" }], Channels: ChannelOrder.Rgb });
        Assert.Equal(expected, found is not null);
    }

    /// <summary>Nodes as "Type input ... output".</summary>
    private static List<Node> Named(string text) =>
        [.. text.Split(", ").Select(node => node.Split(' ')).Select(words => new Node(words[0], words[1..^1], [words[^1]]))];

    /// <summary>Nodes one behind the other, each with its constant, of one number or one for each channel.</summary>
    private static List<Node> Chain(string text, PictureInput input)
    {
        List<Node> nodes = [];
        string tensor = "x";
        foreach (string part in text.Split(", "))
        {
            string[] words = part.Split(' ');
            string result = $"t{nodes.Count}";
            if (words.Length == 1)
            {
                nodes.Add(new Node(words[0], [tensor], [result]));
            }
            else
            {
                float[] values =
                [
                    .. words[1].Split('/').Select(word => float.Parse(word, System.Globalization.CultureInfo.InvariantCulture)),
                ];
                long[] shape =
                    values.Length == 1 ? []
                    : input.Layout == TensorLayout.Nchw ? [1, 3, 1, 1]
                    : [3];
                nodes.Add(
                    new Node("Constant", [], [$"c{nodes.Count}"])
                    {
                        Attributes = [NodeAttribute.Of("value", Tensor.FromFloats("", shape, values))],
                    }
                );
                nodes.Add(new Node(words[0], [tensor, nodes[^1].Outputs[0]], [result]));
            }
            tensor = result;
        }
        nodes.Add(new Node("Relu", [tensor], ["y"]));
        return nodes;
    }

    private static OnnxModel Model(PictureInput input, List<Node> nodes, params Tensor[] constants) =>
        new(
            new Graph
            {
                Name = "g",
                Nodes = nodes,
                Inputs = [new ValueInfo("x", input.Type, null)],
                Outputs = [new ValueInfo("y", ElementType.Float, null)],
                Initializers = [.. constants],
            }
        )
        {
            IrVersion = 8,
            OperatorSets = [new OperatorSet("", 15)],
        };
}
