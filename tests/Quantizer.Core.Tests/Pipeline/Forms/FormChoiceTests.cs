using System.Globalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Forms;

/// <summary>The form of a whole network is chosen by what arrives at its outputs.</summary>
public sealed class FormChoiceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Samples_of_different_loudness_want_ranges_of_each_run()
    {
        QuantizationReport report = Run(ActivationMode.Automatic);

        Assert.Equal(2, report.Nodes.Count(node => node.Decision == NodeDecision.Dynamic));
        Assert.Contains(report.Findings, finding => finding.Message.StartsWith("Ranges taken in each run keep", StringComparison.Ordinal));
        Assert.Contains(report.Findings, finding => finding.Message.Contains("the others in its batch", StringComparison.Ordinal));
        Assert.True(report.Outputs[0].MedianDb > 30);
        Assert.Equal(
            [("--activations dynamic", true), ("fixed ranges", false)],
            report.Tried.Where(tried => tried.Choice == "form").Select(tried => (tried.Candidate, tried.Taken))
        );
    }

    [Fact]
    public void Where_they_win_by_far_the_plan_with_fixed_ranges_is_not_refined()
    {
        HeardProgress heard = new();
        Run(ActivationMode.Automatic, heard);

        Assert.Contains(heard.Notes, note => note.StartsWith("Tried --activations dynamic", StringComparison.Ordinal));
        string[] stages = [.. heard.Stages.Select(stage => stage.Name)];
        Assert.DoesNotContain("Refining the plan", stages);
        // Only what was taken.
        Assert.Equal(1, stages.Count(stage => stage == "Correcting biases and rounding"));
        Assert.True(Array.IndexOf(stages, "Correcting biases and rounding") > Array.LastIndexOf(stages, "Searching plans"));

        HeardProgress ofFixed = new();
        Run(ActivationMode.Static, ofFixed);

        Assert.Contains(ofFixed.Stages, stage => stage.Name == "Refining the plan");
    }

    [Fact]
    public void What_is_asked_for_is_not_chosen()
    {
        QuantizationReport report = Run(ActivationMode.Static);

        Assert.Equal(2, report.Nodes.Count(node => node.Decision == NodeDecision.Int8));
        Assert.DoesNotContain(report.Findings, finding => finding.Subject == "activations");
    }

    /// <summary>A convolution behind a linear layer whose sums stay in float reads integers that begin at another tensor, which
    /// calibration of the first form has not seen.</summary>
    [Fact]
    public void A_form_whose_integers_begin_elsewhere_is_calibrated_anew()
    {
        QuantizationReport report = Run(
            ActivationMode.Automatic,
            quietest: 1,
            behind: graph =>
                graph
                    .Constant("bias", [128], Layers.Weights(128, 1, "bias"))
                    .Node("Add", ["z", "bias"], ["sums"])
                    .Node("Transpose", ["sums"], ["channels"], NodeAttribute.Of("perm", [0L, 2, 1]))
                    .Constant("kernel", [128, 128, 3], Layers.Weights(128 * 128 * 3, 128 * 3, "kernel"))
                    .Node("Conv", ["channels", "kernel"], ["y"], NodeAttribute.Of("pads", [1L, 1]))
                    .Output("y")
        );

        Assert.Contains(report.Tried, tried => tried is { Choice: "form", Candidate: "--activations mixed" });
        Assert.Equal("Conv", Assert.Single(report.Nodes, node => node is { OpType: "Conv", Decision: NodeDecision.Int8 }).OpType);
    }

    public void Dispose() => _folder.Dispose();

    /// <param name="quietest">Samples are between that and one: in fixed ranges that loud ones set, quiet ones round to nothing.</param>
    private QuantizationReport Run(
        ActivationMode mode,
        HeardProgress? heard = null,
        float quietest = 0.001f,
        Func<GraphBuilder, GraphBuilder>? behind = null
    )
    {
        const int samples = 16,
            size = 8 * 128;
        OnnxModel model = (behind ?? (graph => graph.Output("z")))(
            new GraphBuilder()
                .Input("x", [1, 8, 128])
                .MatMul("a", "x", 128, 128)
                .Node("Gelu", ["a"], ["g"], NodeAttribute.Of("approximate", "none"))
                .MatMul("z", "g", 128, 128)
        )
            .Build();
        model.OperatorSets.Clear();
        model.OperatorSets.Add(new OperatorSet("", 20));
        OnnxFile.Write(model, _folder.File("model.onnx"));
        float[] values = Layers.Weights(samples * size, 1, "data");
        for (int i = 0; i < values.Length; i++)
            values[i] *= MathF.Pow(quietest, (float)(i / size) / samples);
        string data = string.Join(
            '\n',
            Enumerable.Range(0, samples).Select(sample => $"{{\"x\": [{Rows(values.AsSpan(sample * size, size))}]}}")
        );
        File.WriteAllText(_folder.File("data.jsonl"), data);
        return QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = _folder.File("model.onnx"),
                CalibrationPaths = [_folder.File("data.jsonl")],
                Activations = mode,
            },
            heard
        );
    }

    private static string Rows(ReadOnlySpan<float> values) =>
        string.Join(
            ',',
            values
                .ToArray()
                .Chunk(128)
                .Select(row => $"[{string.Join(',', row.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]")
        );
}
