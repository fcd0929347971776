using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Forms;

/// <summary>Networks of one or two linear layers, the first of which 8 bits ruin.</summary>
public sealed class FloorKeeperTests : IDisposable
{
    private const int Width = 512,
        Samples = 24;

    /// <summary>Beside it, everything else in its tensor becomes one of three integers.</summary>
    private const float Huge = 300f;

    /// <summary>Beside it, 8 bits keep 10 dB of the others.</summary>
    private const float Large = 150f;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_part_that_ruins_the_outputs_is_given_back()
    {
        QuantizationReport report = Run(Spoilt.Activation, layers: 2, options => options with { Activations = ActivationMode.Static });

        Assert.True(report.Floor!.Before < 15);
        Assert.Equal(FloorOutcome.PartlyFloat, report.Floor.Outcome);
        Assert.Equal(["first"], report.Floor.Nodes);
        Assert.True(report.Task!.MeetsFloor);
        Assert.Equal([NodeDecision.Float, NodeDecision.Int8], report.Nodes.Select(node => node.Decision));
        Assert.Contains("given back", report.Nodes[0].Reason);
        TriedReport[] steps = [.. report.Tried.Where(tried => tried.Choice == "float")];
        Assert.Equal(report.Floor.Steps.Count, steps.Length);
        TriedReport taken = Assert.Single(steps, step => step.Taken);
        Assert.Equal(("1 node given back for the floor", Samples), (taken.Candidate, taken.Samples));
        Assert.True(taken.SqnrDb > 15);
        Finding told = Assert.Single(report.Findings, finding => finding.Message.Contains("given back to float", StringComparison.Ordinal));
        Assert.Contains("'first'", told.Message);
    }

    [Fact]
    public void An_output_that_the_task_does_not_read_has_a_floor_too()
    {
        QuantizationReport report = Run(
            Spoilt.Activation,
            layers: 2,
            options => options with { Activations = ActivationMode.Static, Judging = new TaskOptions() },
            besideDecision: true
        );

        Assert.Equal(TaskKind.Decisions, report.Task!.Kind);
        Assert.True(report.Floor!.Before >= report.Task.Floor);
        Assert.Equal("y", report.Floor.Missed!.Name);
        Assert.True(report.Floor.Missed.MedianDb < 15);
        Assert.Equal(FloorOutcome.PartlyFloat, report.Floor.Outcome);
        Assert.Contains("first", report.Floor.Nodes);
        Assert.True(report.Task.MeetsFloor);
        Assert.Null(report.Task.Missed);
        Assert.True(Assert.Single(report.Outputs, output => output.Name == "y").MedianDb >= 15);
        const string Told = "output 'y', which is not what it is judged by, keeps";
        Assert.Contains(report.Findings, finding => finding.Message.Contains(Told, StringComparison.Ordinal));
    }

    [Fact]
    public void An_output_that_is_left_useless_is_told()
    {
        QuantizationReport report = Run(
            Spoilt.Activation,
            layers: 2,
            options => options with { Activations = ActivationMode.Static, KeepsFloor = false, Judging = new TaskOptions() },
            besideDecision: true
        );

        Assert.Equal(("y", false), (report.Task!.Missed!.Name, report.Task.MeetsFloor));
        Assert.Contains("but output 'y' keeps", TaskText.Headline(report.Task));
        Assert.Contains(report.Findings, finding => finding is { Code: "QZ302", Subject: "output 'y'" });
    }

    [Fact]
    public void Weights_that_do_the_harm_are_not_stored_either()
    {
        QuantizationReport report = Run(Spoilt.Weights, layers: 2);

        Assert.Equal((FloorOutcome.Stored, false), (report.Floor!.Steps[0].Outcome, report.Floor.Steps[0].MeetsFloor));
        Assert.Equal(["first"], report.Floor.Nodes);
        Assert.Equal([NodeDecision.Float, NodeDecision.Int8], report.Nodes.Select(node => node.Decision));
        Assert.True(report.Task!.MeetsFloor);
    }

    [Fact]
    public void A_network_that_no_mixture_serves_stores_its_weights()
    {
        QuantizationReport report = Run(Spoilt.Activation, layers: 1);

        Assert.Equal(FloorOutcome.Stored, report.Floor!.Outcome);
        Assert.Equal([NodeDecision.Stored], report.Nodes.Select(node => node.Decision));
        Assert.True(report.Task!.MeetsFloor);
        Assert.True(report.Size.Int8Bytes * 2 < report.Size.Fp32Bytes);
    }

    [Fact]
    public void A_network_whose_only_weights_do_the_harm_stays_in_float()
    {
        QuantizationReport report = Run(Spoilt.Weights, layers: 1);

        Assert.Equal(FloorOutcome.Float, report.Floor!.Outcome);
        Assert.Equal([NodeDecision.Float], report.Nodes.Select(node => node.Decision));
        Assert.Null(report.Outputs[0].SqnrDb);
        Assert.Contains(
            report.Findings,
            finding => finding.Message.Contains("integer weights alone fall below it, too", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Weights_that_do_no_harm_are_stored_beside_those_that_do()
    {
        QuantizationReport report = Run(Spoilt.WeightsAndActivations, layers: 2);

        Assert.Equal(FloorOutcome.Stored, report.Floor!.Outcome);
        Assert.Equal(["first"], report.Floor.Unstored);
        Assert.Equal([NodeDecision.Float, NodeDecision.Stored], report.Nodes.Select(node => node.Decision));
        Assert.True(report.Task!.MeetsFloor);
        Assert.Contains(
            report.Findings,
            finding => finding.Message.Contains("stored as integers (those of 1 node excepted)", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Without_a_floor_it_is_left_as_it_is()
    {
        QuantizationReport report = Run(Spoilt.Activation, layers: 2, options => options with { KeepsFloor = false });

        Assert.Equal(FloorOutcome.Left, report.Floor!.Outcome);
        Assert.Empty(report.Floor.Steps);
        Assert.False(report.Task!.MeetsFloor);
        Assert.All(report.Nodes, node => Assert.Equal(NodeDecision.Int8, node.Decision));
    }

    [Fact]
    public void Without_time_for_a_mixture_the_whole_network_is_given_back()
    {
        QuantizationReport report = Run(Spoilt.Activation, layers: 2, options => options with { FloorTime = TimeSpan.Zero });

        Assert.True(report.Floor!.TimeIsUp);
        Assert.Equal(FloorOutcome.Stored, report.Floor.Outcome);
        Assert.Contains(
            report.Findings,
            finding => finding.Message.Contains("no mixture of both was found within", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_network_that_keeps_its_floor_is_not_touched() => Assert.Null(Run(Spoilt.Nothing, layers: 2).Floor);

    [Theory]
    [InlineData(nameof(Spoilt.Activation), 2, FloorOutcome.PartlyFloat)]
    [InlineData(nameof(Spoilt.Weights), 2, FloorOutcome.PartlyFloat)]
    [InlineData(nameof(Spoilt.Activation), 1, FloorOutcome.Stored)]
    [InlineData(nameof(Spoilt.Weights), 1, FloorOutcome.Float)]
    [InlineData(nameof(Spoilt.WeightsAndActivations), 2, FloorOutcome.Stored)]
    public void What_another_run_came_to_is_repeated_without_time_to_look_for_it(string spoilt, int layers, FloorOutcome outcome)
    {
        Spoilt how = Enum.Parse<Spoilt>(spoilt);
        QuantizationReport first = Run(how, layers, Kept);
        byte[] bytes = File.ReadAllBytes(first.Model.Output);

        QuantizationReport again = Run(how, layers, options => Kept(options) with { KnownFloor = first.Floor, FloorTime = TimeSpan.Zero });

        Assert.Equal(outcome, first.Floor!.Outcome);
        Assert.Equivalent(first.Floor, again.Floor, strict: true);
        Assert.Equal(bytes, File.ReadAllBytes(again.Model.Output));

        // How fast integers are is another question.
        static QuantizationOptions Kept(QuantizationOptions options) => options with { SlowIntegers = SlowIntegers.Kept };
    }

    [Fact]
    public void A_mixture_that_is_given_up_for_its_speed_is_repeated_with_what_it_gave_back()
    {
        QuantizationReport first = Run(Spoilt.Weights, layers: 2, GivenUp);
        byte[] bytes = File.ReadAllBytes(first.Model.Output);

        QuantizationReport again = Run(Spoilt.Weights, layers: 2, options => GivenUp(options) with { KnownFloor = first.Floor });

        Assert.Equal([NodeDecision.Float, NodeDecision.Stored], first.Nodes.Select(node => node.Decision));
        Assert.Equal(bytes, File.ReadAllBytes(again.Model.Output));

        static QuantizationOptions GivenUp(QuantizationOptions options) => options with { SlowIntegers = SlowIntegers.Stored };
    }

    private enum Spoilt
    {
        Nothing,

        /// <summary>One value of one sample is huge, and no weight reads it.</summary>
        Activation,

        /// <summary>One weight of each output is huge, and what it multiplies is always zero.</summary>
        Weights,

        /// <summary>The weights of the first layer as above; a value of each sample, and what the first layer makes of it, are large, and
        /// no other weight reads them.</summary>
        WeightsAndActivations,
    }

    /// <param name="besideDecision">A probability of its own is the first output.</param>
    private QuantizationReport Run(
        Spoilt spoilt,
        int layers,
        Func<QuantizationOptions, QuantizationOptions>? change = null,
        bool besideDecision = false
    )
    {
        Random random = new(3);
        float[] Uniform(int count) => [.. Enumerable.Range(0, count).Select(_ => 2f * random.NextSingle() - 1f)];
        float[] first = Uniform(Width * Width);
        Array.Fill(first, spoilt is Spoilt.Weights or Spoilt.WeightsAndActivations ? 4 * Huge : 0f, 0, Width);
        float[] second = Uniform(Width * Width);
        if (spoilt == Spoilt.WeightsAndActivations)
        {
            Array.Clear(first, Width, Width);
            first[Width] = 2000 / Large;
            Array.Clear(second, 0, Width);
        }
        GraphBuilder graph = new GraphBuilder()
            .Input("x", [1, Width])
            .Constant("w1", [Width, Width], first)
            .Node(new Node("Gemm", ["x", "w1"], [layers == 1 ? "y" : "hidden"], "first"));
        if (layers == 2)
            graph = graph.Constant("w2", [Width, Width], second).Node(new Node("Gemm", ["hidden", "w2"], ["y"], "second"));
        if (besideDecision)
        {
            graph = graph
                .Constant("w3", [Width, 1], Uniform(Width))
                .Node(new Node("Gemm", ["x", "w3"], ["logit"], "third"))
                .Node(new Node("Sigmoid", ["logit"], ["present"], "sigmoid"))
                .Output("present", [1, 1]);
        }
        OnnxFile.Write(graph.Output("y", [1, Width]).Build(), _folder.File("model.onnx"));
        float[][] samples = [.. Enumerable.Range(0, Samples).Select(_ => Uniform(Width))];
        foreach (float[] sample in samples)
            sample[0] = 0;
        if (spoilt == Spoilt.Activation)
            samples[0][0] = Huge;
        if (spoilt == Spoilt.WeightsAndActivations)
            Array.ForEach(samples, sample => sample[1] = Large);
        _folder.Write("x.npz", DataFiles.Npz("x", [1, Width], samples));
        QuantizationOptions options = new()
        {
            ModelPath = _folder.File("model.onnx"),
            CalibrationPaths = [_folder.File("x.npz")],
            Method = RangeMethod.MinMax,
            WeightRanges = WeightRangeMethod.MinMax,
            Judging = new TaskOptions { Task = TaskKind.Values },
        };
        return QuantizationPipeline.Quantize((change ?? (same => same))(options));
    }
}
