using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Work;

/// <summary>The work of nodes inside the bodies of If, Loop and Scan.</summary>
public class BodyWorkTests
{
    private const int Width = 8,
        Wide = 32;

    [Theory]
    [InlineData(1f, Width * Wide, 0)]
    [InlineData(-1f, 0, Width * Width)]
    public void The_branch_that_a_sample_takes_counts(float value, long then, long otherwise)
    {
        WorkCount work = Count(Branching("batch"), Sample([1, Width], value));

        Assert.True(work.IsComplete);
        Assert.Equal([then, otherwise], new[] { work["MatMul_p"], work["MatMul_q"] }.Select(macs => macs!.Value));
        Assert.Equal(0, work["If_y"]);
    }

    [Fact]
    public void Of_branches_that_nothing_chooses_between_the_larger_counts()
    {
        WorkCount work = Count(Branching("batch"), sample: null);

        Assert.True(work.IsComplete);
        Assert.Equal([Width * Wide, 0L], new[] { work["MatMul_p"], work["MatMul_q"] }.Select(macs => macs!.Value));
    }

    [Fact]
    public void Values_that_are_made_up_choose_no_branch()
    {
        OnnxModel model = Branching("batch");

        WorkCount work = WorkCount.Of(model, TensorShapes.OfBatch(model), Sample([3, Width], -1f), isReal: false);

        Assert.Equal([3 * Width * Wide, 0L], new[] { work["MatMul_p"], work["MatMul_q"] }.Select(macs => macs!.Value));
    }

    [Fact]
    public void Sizes_that_are_open_leave_the_nodes_of_bodies_unknown_and_no_others()
    {
        WorkCount work = Count(Branching("batch", columns: "open"), sample: null);

        Assert.Equal(["MatMul_p", "MatMul_q"], work.Unknown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_loop_costs_as_much_as_its_rounds(bool isRun)
    {
        WorkCount work = Count(Looping(isConstant: true), isRun ? Sample([1, Width], 1f) : null);

        Assert.True(work.IsComplete);
        Assert.Equal(4 * Width * Width, work["MatMul_product"]);
    }

    [Fact]
    public void Rounds_that_data_decide_are_those_of_the_run()
    {
        OnnxModel model = Looping(isConstant: false);

        Assert.Equal(["MatMul_product"], Count(model, sample: null).Unknown);
        Dictionary<string, TensorValue> sample = new(Sample([1, Width], 1f))
        {
            ["times"] = new TensorValue(ElementType.Int64, [], BitConverter.GetBytes(7L)),
        };
        Assert.Equal(7 * Width * Width, Count(model, sample)["MatMul_product"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_scan_costs_a_round_for_each_slice(bool isRun)
    {
        WorkCount work = Count(Scanning(), isRun ? Sample([1, 5, Width], 1f) : null);

        Assert.True(work.IsComplete);
        Assert.Equal(5 * Width * Wide, work["MatMul_m"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_product_of_two_tensors_of_a_body_inside_a_body_counts(bool isRun)
    {
        Graph inner = new GraphBuilder().Node("MatMul", ["m", "t"], ["r"]).Output("r").BuildGraph();
        Graph otherwise = new GraphBuilder().Node("Identity", ["x"], ["s"]).Output("s").BuildGraph();
        Graph branch = new GraphBuilder()
            .Node("MatMul", ["x", "w"], ["m"])
            .Node("Transpose", ["m"], ["t"])
            .Node("If", ["large"], ["u"], NodeAttribute.Of("then_branch", inner), NodeAttribute.Of("else_branch", otherwise))
            .Output("u")
            .BuildGraph();
        OnnxModel model = Choosing("batch", Width, branch, otherwise);

        WorkCount work = Count(model, isRun ? Sample([1, Width], 1f) : null);

        Assert.Equal(Width * Wide, work["MatMul_m"]);
        Assert.Equal(Wide, work["MatMul_r"]);
    }

    [Fact]
    public void A_sample_that_the_model_does_not_take_leaves_work_unknown()
    {
        Assert.Equal(["MatMul_p", "MatMul_q"], Count(Branching("batch"), Sample([1, Width + 1], 1f)).Unknown);
    }

    private static WorkCount Count(OnnxModel model, IReadOnlyDictionary<string, TensorValue>? sample) =>
        WorkCount.Of(model, TensorShapes.OfBatch(model), sample);

    private static OnnxModel Branching(string rows, Dimension? columns = null) =>
        Choosing(
            rows,
            columns ?? Width,
            new GraphBuilder().Node("MatMul", ["x", "w"], ["p"]).Output("p").BuildGraph(),
            new GraphBuilder()
                .Constant("v", [Width, Width], SmallNetworks.Values(Width * Width, seed: 2))
                .Node("MatMul", ["x", "v"], ["q"])
                .Output("q")
                .BuildGraph()
        );

    private static OnnxModel Choosing(Dimension rows, Dimension columns, Graph then, Graph otherwise) =>
        new GraphBuilder()
            .Input("x", [rows, columns])
            .Constant("w", [Width, Wide], SmallNetworks.Values(Width * Wide, seed: 1))
            .Constant("zero", [], [0f])
            .Node("ReduceMax", ["x"], ["peak"], NodeAttribute.Of("keepdims", 0))
            .Node("Greater", ["peak", "zero"], ["large"])
            .Node("If", ["large"], ["y"], NodeAttribute.Of("then_branch", then), NodeAttribute.Of("else_branch", otherwise))
            .Output("y")
            .Build();

    private static OnnxModel Looping(bool isConstant)
    {
        Graph body = new GraphBuilder()
            .Input("step", [], ElementType.Int64)
            .Input("go", [], ElementType.Bool)
            .Input("carried", ["rows", "columns"])
            .Node("Identity", ["go"], ["stays"])
            .Node("MatMul", ["carried", "w"], ["product"])
            .Node("Tanh", ["product"], ["next"])
            .Output("stays", [], ElementType.Bool)
            .Output("next")
            .BuildGraph();
        GraphBuilder graph = new GraphBuilder()
            .Input("x", ["batch", Width])
            .Constant("w", [Width, Width], SmallNetworks.Values(Width * Width, seed: 1));
        graph = isConstant ? graph.Constant("times", [], [4L]) : graph.Input("times", [], ElementType.Int64);
        return graph.Node("Loop", ["times", "", "x"], ["y"], NodeAttribute.Of("body", body)).Output("y").Build();
    }

    private static OnnxModel Scanning()
    {
        Graph body = new GraphBuilder().Input("row", ["rows", "columns"]).Node("MatMul", ["row", "w"], ["m"]).Output("m").BuildGraph();
        return new GraphBuilder()
            .Input("x", ["batch", 5, Width])
            .Constant("w", [Width, Wide], SmallNetworks.Values(Width * Wide, seed: 1))
            .Node(
                "Scan",
                ["x"],
                ["y"],
                NodeAttribute.Of("body", body),
                NodeAttribute.Of("num_scan_inputs", 1L),
                NodeAttribute.Of("scan_input_axes", [-2L])
            )
            .Output("y")
            .Build();
    }

    private static IReadOnlyDictionary<string, TensorValue> Sample(long[] shape, float value) =>
        new Dictionary<string, TensorValue>
        {
            ["x"] = TensorValue.FromFloats(
                shape,
                [.. Enumerable.Repeat(value, (int)shape.Aggregate(1L, (product, size) => product * size))]
            ),
        };
}
