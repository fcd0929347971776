using Quantizer.Comparison.Tasks;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>The task reaches the report, the same from a quantization and from a comparison of its files.</summary>
public sealed class JudgingTests(PlainRun plain) : IClassFixture<PlainRun>
{
    [Fact]
    public void Both_commands_tell_the_same_task_with_the_same_figures()
    {
        using TemporaryFolder folder = new();
        QuantizationReport compared = Compare(new TaskOptions());
        TaskReport task = plain.Run.Report.Task!;

        Assert.Equal((TaskKind.Classes, 97), (task.Kind, task.Floor));
        Assert.Equal("Same top class", task.Headline.Name);
        Assert.Equal(task.Headline, compared.Task!.Headline);
        Assert.Equal(task.Figures, compared.Task!.Figures);
        Assert.Equal(task.Why, compared.Task!.Why);
        Assert.Equal(
            plain.Run.Report.Outputs.Select(output => (output.SqnrDb, output.MedianDb, output.WorstTenthDb)),
            compared.Outputs.Select(output => (output.SqnrDb, output.MedianDb, output.WorstTenthDb))
        );
        Assert.Equal(task.Headline.Between, plain.Run.Report.Accuracy!.Agreement);
        Assert.Contains(plain.Run.Heard.Notes, note => note.StartsWith("Task: classes (", StringComparison.Ordinal));
    }

    [Fact]
    public void The_task_that_is_asked_for_is_judged_and_stands_in_the_options()
    {
        QuantizationReport report = Compare(new TaskOptions { Task = TaskKind.Values, Confidence = 0.25 });

        Assert.Equal((TaskKind.Values, null), (report.Task!.Kind, report.Accuracy));
        Assert.Equal(report.Outputs[0].MedianDb, report.Task!.Headline.Between);
        Assert.Equal(("values", "0.25", ""), (report.Options["task"], report.Options["conf"], report.Options["boxes"]));
    }

    [Theory]
    [InlineData(true, TaskKind.Classes)]
    [InlineData(false, TaskKind.Values)]
    public void Numbers_are_classes_where_they_rise_at_the_cost_of_others(bool areRivals, TaskKind kind)
    {
        const int count = 8,
            inputs = 96;
        using TemporaryFolder folder = new();
        float[] weights = Layers.Weights(inputs * count, inputs, "w");
        float[] rivals = [.. weights.Chunk(count).SelectMany(row => row.Select(value => value - row.Average()))];
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", inputs])
            .Constant("w", [inputs, count], areRivals ? rivals : weights)
            .Node("MatMul", ["x", "w"], ["output"])
            .Output("output")
            .Build();
        OnnxFile.Write(model, folder.File("model.onnx"));
        File.WriteAllBytes(
            folder.File("data.npy"),
            NumPy.Array("<f4", [32, inputs], [.. Enumerable.Range(0, 32).SelectMany(i => Layers.Weights(inputs, 1, $"sample {i}"))])
        );

        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = folder.File("model.onnx"),
                CalibrationPaths = [folder.File("data.npy")],
                OutputPath = folder.File("int8.onnx"),
            }
        );

        Assert.Equal(kind, report.Task!.Kind);
    }

    [Fact]
    public void A_model_whose_outputs_are_all_texts_is_refused_with_what_helps()
    {
        using TemporaryFolder folder = new();
        NodeAttribute[] labels =
        [
            NodeAttribute.Of("keys_int64s", [0L, 1]),
            new("values_strings", new AttributeValue.StringList(["cat"u8.ToArray(), "dog"u8.ToArray()])),
        ];
        OnnxModel model = new GraphBuilder()
            .Input("x", ["batch", 4])
            .Constant("w", [4, 2], [1f, -1, 2, -2, 3, 1, 0, 1])
            .Node("MatMul", ["x", "w"], ["scores"])
            .Node("ArgMax", ["scores"], ["class"], NodeAttribute.Of("axis", 1))
            .Node(new Node("LabelEncoder", ["class"], ["label"]) { Domain = "ai.onnx.ml", Attributes = [.. labels] })
            .Output("label", type: ElementType.String)
            .Build();
        string path = folder.File("texts.onnx");
        model.OperatorSets.Add(new OperatorSet("ai.onnx.ml", 2));
        OnnxFile.Write(model, path);
        QuantizationOptions options = new()
        {
            ModelPath = path,
            CalibrationPaths = [],
            RandomSamples = 8,
            OutputPath = folder.File("int8.onnx"),
        };

        QuantizationException refused = Assert.Throws<QuantizationException>(() => QuantizationPipeline.Quantize(options));

        Assert.Contains("No output of the model holds numbers, found 'label'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Right_answers_are_opened_and_fitted_to_the_task_before_the_work()
    {
        using TemporaryFolder folder = new();
        string boxes = folder.File("boxes.jsonl");
        File.WriteAllText(boxes, "none");
        Assert.Contains("Boxes file", Assert.Throws<QuantizationException>(() => Quantize(boxes)).Message);

        File.WriteAllText(boxes, """{"file": "a.jpg", "box": [1, 2, 3, 4], "label": 4}""");
        Assert.Contains("the model's task is 'classes'", Assert.Throws<QuantizationException>(() => Quantize(boxes)).Message);

        void Quantize(string path)
        {
            HeardProgress heard = new();
            try
            {
                QuantizationPipeline.Quantize(
                    BundledRun.Plain with
                    {
                        OutputPath = folder.File("int8.onnx"),
                        Judging = new TaskOptions { BoxesPath = path },
                    },
                    heard,
                    CancellationToken.None
                );
            }
            finally
            {
                Assert.DoesNotContain("Calibrating", heard.Stages.Select(stage => stage.Name));
            }
        }
    }

    [Fact]
    public void No_report_may_replace_a_file_of_right_answers()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("boxes.json");
        File.WriteAllText(path, "");

        UsageException error = Assert.Throws<UsageException>(() =>
            QuantizationPipeline.Compare(
                Comparison with
                {
                    Judging = new TaskOptions { BoxesPath = path },
                    ReportPaths = [path],
                },
                new HeardProgress(),
                CancellationToken.None
            )
        );

        Assert.Contains($"is the boxes file '{path}'", error.Message);
    }

    /// <summary>A network of one Gemm, compared with itself.</summary>
    [Theory]
    // The same of ten numbers is the largest in every sample: positions of points rather than classes.
    [InlineData(60f, 24, TaskKind.Values)]
    // Which one it is depends on the sample.
    [InlineData(0f, 24, TaskKind.Classes)]
    // Too few to tell.
    [InlineData(60f, 7, TaskKind.Classes)]
    public void A_product_whose_winner_never_changes_gives_no_classes(float bias, int samples, TaskKind kind)
    {
        const int width = 16,
            outputs = 10;
        using TemporaryFolder folder = new();
        Random random = new(5);
        float[] Uniform(int count) => [.. Enumerable.Range(0, count).Select(_ => (2f * random.NextSingle()) - 1f)];
        float[] biases = new float[outputs];
        biases[4] = bias;
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, width])
            .Constant("w", [width, outputs], Uniform(width * outputs))
            .Constant("b", [outputs], biases)
            .Node(new Node("Gemm", ["x", "w", "b"], ["y"], "last"))
            .Output("y", [1, outputs])
            .Build();
        OnnxFile.Write(model, folder.File("model.onnx"));
        folder.Write("x.npz", DataFiles.Npz("x", [1, width], [.. Enumerable.Range(0, samples).Select(_ => Uniform(width))]));

        QuantizationReport report = QuantizationPipeline.Compare(
            new()
            {
                Fp32Path = folder.File("model.onnx"),
                Int8Path = folder.File("model.onnx"),
                DataPaths = [folder.File("x.npz")],
            },
            new HeardProgress(),
            CancellationToken.None
        );

        Assert.Equal(kind, report.Task!.Kind);
        Assert.Equal(kind == TaskKind.Values, report.Task.Why.Contains("--task", StringComparison.Ordinal));
    }

    private CompareOptions Comparison =>
        new()
        {
            Fp32Path = BundledRun.Plain.ModelPath,
            Int8Path = plain.Run.Options.OutputPath!,
            DataPaths = BundledRun.Plain.CalibrationPaths,
            Samples = BundledRun.Samples,
            Pictures = BundledRun.Plain.Pictures,
        };

    private QuantizationReport Compare(TaskOptions judging) =>
        QuantizationPipeline.Compare(Comparison with { Judging = judging }, new HeardProgress(), CancellationToken.None);
}
