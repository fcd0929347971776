using Quantizer.Comparison.Tasks;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

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
