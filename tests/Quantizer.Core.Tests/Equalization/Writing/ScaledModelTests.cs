using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Equalization.Writing;

/// <summary>Scales inside of a network leave its outputs as they are, computed by ONNX Runtime.</summary>
public class ScaledModelTests
{
    [Fact]
    public void A_chain_of_convolutions_hands_scales_on_through_what_treats_each_channel_alone()
    {
        Followed network = Followed.Of(
            Pictures()
                .Conv("a", "x", 8, 16)
                .Node("LeakyRelu", ["a"], ["ar"], NodeAttribute.Of("alpha", 0.1f))
                .MaxPool("p", "ar")
                .Depthwise("d", "p", 16)
                .Node("Relu", ["d"], ["dr"])
                .Conv("b", "dr", 16, 8)
                .Node("GlobalAveragePool", ["b"], ["g"])
                .Node("Flatten", ["g"], ["f"])
                .Gemm("y", "f", 8, 4)
                .Output("y")
                .Build()
        );

        OnnxModel scaled = network.AssertExact();

        Assert.False(network.IsLocked("ar"));
        Assert.NotEqual(network.VariablesOf("p"), network.VariablesOf("d"));
        Assert.Equal(network.VariablesOf("b"), network.VariablesOf("f"));
        Assert.True(network.IsLocked("y"));
        Assert.NotEqual(Values(network.Model, "d_b"), Values(scaled, "d_b"));
    }

    [Fact]
    public void Both_sides_of_an_addition_and_all_that_is_added_to_it_have_the_same_scales()
    {
        Followed network = Followed.Of(
            Pictures()
                .Conv("a", "x", 8, 16)
                .Conv("b", "a", 16, 16)
                .Node("Add", ["a", "b"], ["s"])
                .Node("Relu", ["s"], ["r"])
                .Conv("c", "r", 16, 16)
                .Node("Add", ["c", "r"], ["t"])
                .Conv("y", "t", 16, 4)
                .Output("y")
                .Build()
        );

        network.AssertExact();

        Assert.Equal(network.VariablesOf("a"), network.VariablesOf("b"));
        Assert.Equal(network.VariablesOf("a"), network.VariablesOf("c"));
        Assert.False(network.IsLocked("t"));
    }

    [Fact]
    public void Channels_keep_their_scales_where_they_are_joined_parted_and_shuffled()
    {
        Followed network = Followed.Of(
            Pictures()
                .Conv("a", "x", 8, 8)
                .Conv("b", "x", 8, 8)
                .Node("Concat", ["a", "b"], ["ab"], NodeAttribute.Of("axis", 1L))
                .Constant("split", [5], new long[] { 1, 2, 8, 16, 16 })
                .Constant("joined", [4], new long[] { 1, 16, 16, 16 })
                .Node("Reshape", ["ab", "split"], ["five"])
                .Node("Transpose", ["five"], ["turned"], NodeAttribute.Of("perm", [0L, 2, 1, 3, 4]))
                .Node("Reshape", ["turned", "joined"], ["shuffled"])
                .Constant("from", [1], new long[] { 4 })
                .Constant("to", [1], new long[] { 12 })
                .Constant("axis", [1], new long[] { 1 })
                .Node("Slice", ["shuffled", "from", "to", "axis"], ["some"])
                .Conv("y", "some", 8, 4)
                .Output("y")
                .Build()
        );

        network.AssertExact();

        (IReadOnlyList<int> a, IReadOnlyList<int> b) = (network.VariablesOf("a"), network.VariablesOf("b"));
        Assert.Equal([a[2], b[2], a[3], b[3], a[4], b[4], a[5], b[5]], network.VariablesOf("some"));
    }

    [Fact]
    public void Layers_that_share_their_weights_share_them_still()
    {
        Followed network = Followed.Of(
            new GraphBuilder()
                .Input("x", [1, 6, 64])
                .MatMul("a", "x", 64, 64)
                .Node("Relu", ["a"], ["ar"])
                .Constant("w", [64, 64], Layers.Weights(64 * 64, 64, "shared"))
                .Node("MatMul", ["ar", "w"], ["b"])
                .Node("Relu", ["b"], ["br"])
                .Node("MatMul", ["br", "w"], ["c"])
                .MatMul("y", "c", 64, 8)
                .Output("y")
                .Build()
        );

        OnnxModel scaled = network.AssertExact();

        Assert.False(network.IsLocked("a"));
        Assert.Equal(network.VariablesOf("a"), network.VariablesOf("b"));
        Assert.Equal(network.VariablesOf("a"), network.VariablesOf("c"));
        Assert.Equal(network.Model.Graph.Initializers.Count, scaled.Graph.Initializers.Count);
    }

    [Fact]
    public void A_table_that_is_the_last_layer_too_is_not_scaled()
    {
        Followed network = Followed.Of(
            new GraphBuilder()
                .Input("x", [1, 6, 64])
                .MatMul("free", "x", 64, 64)
                .Node("Relu", ["free"], ["fr"])
                .MatMul("a", "fr", 64, 64)
                .Node("Relu", ["a"], ["ar"])
                .Constant("table", [64, 64], Layers.Weights(64 * 64, 64, "table"))
                .Node("MatMul", ["ar", "table"], ["scores"])
                .Node("Transpose", ["x"], ["xt"], NodeAttribute.Of("perm", [0L, 2, 1]))
                .Node("MatMul", ["table", "xt"], ["looked"])
                .Output("scores")
                .Output("looked")
                .Build()
        );

        OnnxModel scaled = network.AssertExact();

        Assert.True(network.IsLocked("ar"));
        Assert.Equal(network.Model.Graph.Initializers.Count, scaled.Graph.Initializers.Count);
    }

    [Fact]
    public void Values_take_their_scales_through_an_attention_and_a_gate_lets_them_pass()
    {
        Followed network = Followed.Of(
            new GraphBuilder()
                .Input("x", [1, 6, 16])
                .MatMul("q", "x", 16, 16)
                .MatMul("k", "x", 16, 16)
                .MatMul("v", "x", 16, 16)
                .Node("Transpose", ["k"], ["kt"], NodeAttribute.Of("perm", [0L, 2, 1]))
                .Node("MatMul", ["q", "kt"], ["scores"])
                .Node("Softmax", ["scores"], ["weights"], NodeAttribute.Of("axis", -1L))
                .Node("MatMul", ["weights", "v"], ["context"])
                .MatMul("up", "context", 16, 32)
                .MatMul("gate", "context", 16, 32)
                .Node("Sigmoid", ["gate"], ["open"])
                .Node("Mul", ["open", "up"], ["gated"])
                .MatMul("y", "gated", 32, 8)
                .Output("y")
                .Build()
        );

        network.AssertExact();

        Assert.Equal(network.VariablesOf("v"), network.VariablesOf("context"));
        Assert.Equal(network.VariablesOf("up"), network.VariablesOf("gated"));
        Assert.All(["q", "k", "gate", "weights"], tensor => Assert.True(network.IsLocked(tensor)));
    }

    [Fact]
    public void A_normalization_gives_its_result_scales_and_wants_none()
    {
        Followed network = Followed.Of(
            new GraphBuilder()
                .Input("x", [1, 6, 16])
                .MatMul("a", "x", 16, 16)
                .Constant("gamma", [16], [.. Enumerable.Repeat(1.5f, 16)])
                .Constant("beta", [16], [.. Enumerable.Repeat(0.5f, 16)])
                .Node("LayerNormalization", ["a", "gamma", "beta"], ["n"])
                .MatMul("y", "n", 16, 8)
                .Output("y")
                .Build()
        );

        network.AssertExact();

        Assert.True(network.IsLocked("a"));
        Assert.False(network.IsLocked("n"));
    }

    [Fact]
    public void Weights_that_two_layers_share_are_scaled_for_each()
    {
        GraphBuilder builder = Pictures().Conv("a", "x", 8, 8).Node("Relu", ["a"], ["r"]);
        Node twice = new("Conv", ["r", "a_w"], ["b"], "again");
        foreach ((string name, long[] values) in new[] { ("kernel_shape", new long[] { 3, 3 }), ("pads", [1, 1, 1, 1]) })
            twice.Set(NodeAttribute.Of(name, values));
        Followed network = Followed.Of(builder.Node(twice).Conv("y", "b", 8, 4).Output("y").Build());

        network.AssertExact();
    }

    [Theory]
    [InlineData(0f, 6f)]
    [InlineData(-1f, 1f)]
    public void Nothing_is_scaled_through_a_clamp_with_an_end(float min, float max)
    {
        Followed network = Followed.Of(
            Pictures().Conv("a", "x", 8, 16).Clip("c", "a", min, max).Conv("b", "c", 16, 8).Conv("y", "b", 8, 4).Output("y").Build()
        );

        network.AssertExact();

        Assert.True(network.IsLocked("a"));
        Assert.True(network.IsLocked("c"));
        Assert.False(network.IsLocked("b"));
    }

    [Fact]
    public void What_leaves_the_network_or_meets_an_unknown_operator_keeps_its_scale()
    {
        Followed network = Followed.Of(
            Pictures()
                .Conv("a", "x", 8, 8)
                .Conv("b", "a", 8, 8)
                .Node("Softplus", ["b"], ["s"])
                .Conv("c", "s", 8, 8)
                .Conv("d", "c", 8, 8)
                .Output("a")
                .Output("d")
                .Build()
        );

        network.AssertExact();

        Assert.All(["a", "b", "s", "d"], tensor => Assert.True(network.IsLocked(tensor)));
        Assert.False(network.IsLocked("c"));
    }

    [Fact]
    public void Random_networks_compute_the_same_with_random_scales()
    {
        for (int seed = 0; seed < 12; seed++)
            RandomNetwork(new Random(seed)).AssertExact(seed);
    }

    private static Followed RandomNetwork(Random random)
    {
        const int channels = 8;
        GraphBuilder builder = Pictures().Conv("first", "x", channels, channels);
        List<string> made = ["first"];
        for (int i = 0; i < 8; i++)
        {
            string name = $"n{i}",
                one = made[random.Next(made.Count)],
                other = made[random.Next(made.Count)];
            switch (random.Next(6))
            {
                case 0:
                    builder.Conv(name, one, channels, channels);
                    break;
                case 1:
                    builder.Depthwise(name, one, channels);
                    break;
                case 2:
                    builder.Node("Add", [one, other], [name]);
                    break;
                case 3:
                    builder.Node("Relu", [one], [name]);
                    break;
                case 4:
                    builder.Clip(name, one, 0f, 1f);
                    break;
                default:
                    builder.Node("Concat", [one, other], [$"{name}_both"], NodeAttribute.Of("axis", 1L));
                    builder.Conv(name, $"{name}_both", 2 * channels, channels, kernel: 1);
                    break;
            }
            made.Add(name);
        }
        // All that was made is read once more, so that nothing is dead.
        return Followed.Of(
            builder
                .Node("Concat", made, ["all"], NodeAttribute.Of("axis", 1L))
                .Conv("before", "all", channels * made.Count, channels, kernel: 1)
                .Conv("y", "before", channels, 4)
                .Output("y")
                .Build()
        );
    }

    private static GraphBuilder Pictures() => new GraphBuilder().Input("x", [1, 8, 16, 16]);

    private static float[] Values(OnnxModel model, string constant) =>
        model.Graph.Initializers.Single(tensor => tensor.Name == constant).Values<float>().ToArray();
}
