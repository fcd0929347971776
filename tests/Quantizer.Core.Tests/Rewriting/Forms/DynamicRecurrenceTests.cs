using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using static Quantizer.Core.Tests.Rewriting.Forms.BodyWeights;

namespace Quantizer.Core.Tests.Rewriting.Forms;

/// <summary>Recurrences in the bodies of If, Loop and Scan that take their ranges in each run.</summary>
public class DynamicRecurrenceTests
{
    private static readonly PlacementOptions Dynamic = PlacementOptions.Default with { Activations = ActivationMode.Dynamic };

    [Fact]
    public void A_recurrence_in_a_loop_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Looping(), Dynamic);

        Assert.Equal("DynamicQuantizeMatMul Identity Tanh", network.BodyKernels);
        network.AssertNoFindings();
        network.AssertClose(25);
    }

    [Fact]
    public void A_recurrence_over_a_sequence_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(Scanning(), Dynamic);

        Assert.Equal("Add DynamicQuantizeMatMul*2 Identity Tanh", network.BodyKernels);
        network.AssertNoFindings();
        network.AssertClose(25);
    }

    [Fact]
    public void An_lstm_in_a_branch_runs_on_integers()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(RecurrentBranches("LSTM", 4), Dynamic);

        Assert.Equal("DynamicQuantizeLSTM*2", network.BodyKernels);
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    [Fact]
    public void What_has_no_kernel_with_ranges_of_each_run_is_stored()
    {
        QuantizedNetwork network = QuantizedNetwork.Of(RecurrentBranches("GRU", 3), Dynamic);

        Assert.All(network.Sites.Nodes.Where(node => node.OpType == "GRU"), node => Assert.Equal(NodeForm.Stored, node.Form));
        network.AssertNoFindings();
        network.AssertClose(30);
    }

    /// <summary>h = tanh(h W), three times.</summary>
    private static OnnxModel Looping()
    {
        Graph body = new GraphBuilder()
            .Input("step", [], ElementType.Int64)
            .Input("go", [], ElementType.Bool)
            .Input("carried", [1, Width])
            .Constant("w", [Width, Width], Weights(Width * Width, 7))
            .Node("Identity", ["go"], ["stays"])
            .Node("MatMul", ["carried", "w"], ["product"])
            .Node("Tanh", ["product"], ["next"])
            .Output("stays", [], ElementType.Bool)
            .Output("next", [1, Width])
            .BuildGraph();
        return new GraphBuilder()
            .Input("x", [1, Width])
            .Constant("times", [], [3L])
            .Node("Loop", ["times", "", "x"], ["y"], NodeAttribute.Of("body", body))
            .Output("y")
            .Build();
    }

    /// <summary>h = tanh(x W + h R), for each x of a sequence of five.</summary>
    private static OnnxModel Scanning()
    {
        Graph body = new GraphBuilder()
            .Input("h", [1, Width])
            .Input("row", [1, Width])
            .Constant("w", [Width, Width], Weights(Width * Width, 8))
            .Constant("r", [Width, Width], Weights(Width * Width, 9))
            .Node("MatMul", ["row", "w"], ["in"])
            .Node("MatMul", ["h", "r"], ["back"])
            .Node("Add", ["in", "back"], ["sum"])
            .Node("Tanh", ["sum"], ["next"])
            .Node("Identity", ["next"], ["shown"])
            .Output("next", [1, Width])
            .Output("shown", [1, Width])
            .BuildGraph();
        return new GraphBuilder()
            .Input("x", [5, 1, Width])
            .Constant("start", [1, Width], new float[Width])
            .Node("Scan", ["start", "x"], ["last", "y"], NodeAttribute.Of("body", body), NodeAttribute.Of("num_scan_inputs", 1L))
            .Output("y")
            .Output("last")
            .Build();
    }

    private static OnnxModel RecurrentBranches(string type, int gates)
    {
        Graph Layer(string name, int seed) =>
            new GraphBuilder()
                .Constant($"{name}_w", [1, gates * 64, 32], Layers.Weights(gates * 64 * 32, 32, $"w {seed}"))
                .Constant($"{name}_r", [1, gates * 64, 64], Layers.Weights(gates * 64 * 64, 64, $"r {seed}"))
                .Node(type, ["x", $"{name}_w", $"{name}_r"], [name], NodeAttribute.Of("hidden_size", 64L))
                .Output(name)
                .BuildGraph();
        return new GraphBuilder()
            .Input("x", [6, 1, 32])
            .Constant("bound", [], [0.97f])
            .Node("ReduceMax", ["x"], ["peak"], NodeAttribute.Of("keepdims", 0))
            .Node("Greater", ["peak", "bound"], ["large"])
            .Node("If", ["large"], ["y"], NodeAttribute.Of("then_branch", Layer("p", 1)), NodeAttribute.Of("else_branch", Layer("q", 2)))
            .Output("y")
            .Build();
    }
}
