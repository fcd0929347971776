using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Core.Tests.Comparison;
using Quantizer.Details;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Reporting.Details;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Details;

public class AnswerGalleryTests
{
    private static readonly ClassNames Names = new(new Dictionary<int, string> { [0] = "cat", [2] = "dog" });

    // The second model doubles the last of three scores.
    private static readonly LabelledSamples Rows = new(
        ([9f, 1f, 2f], 0),
        ([5f, 1f, 4f], 0),
        ([1f, 2f, 1.5f], null),
        ([1f, 9f, 0f], 1),
        ([6f, 1f, 5f], 2)
    );

    [Fact]
    public void Those_whose_class_changed_are_shown_the_noisiest_first()
    {
        (IReadOnlyList<ChangedSample> shown, int inAll) = Changed(new ClassesTask("y", 3), Rows);

        Assert.Equal(3, inAll);
        Assert.Equal(["row 4", "row 1", "row 2"], shown.Select(sample => sample.Name));
        Assert.Equal(
            [
                "cat, score 6.00 -> dog, score 10.00 (dog)",
                "cat, score 5.00 -> dog, score 8.00 (cat)",
                "1, score 2.00 -> dog, score 3.00 ()",
            ],
            shown.Select(Text)
        );
        // The signal is 36 + 1 + 25, the error 25.
        Assert.Equal(10 * Math.Log10(62.0 / 25), shown[0].SqnrDb!.Value, 1e-9);

        static string Text(ChangedSample sample) => $"{sample.Fp32} -> {sample.Int8} ({sample.Truth})";
    }

    [Fact]
    public void Of_numbers_the_worst_samples_are_shown_and_none_without_error()
    {
        (IReadOnlyList<ChangedSample> shown, int inAll) = Changed(new ValuesTask(), Rows);

        Assert.Equal(4, inAll);
        Assert.Equal(["row 4", "row 1", "row 2", "row 0"], shown.Select(sample => sample.Name));
        Assert.Equal(("5 at 2 of 'y'", "10 at 2 of 'y'"), (shown[0].Fp32, shown[0].Int8));
    }

    [Fact]
    public void No_more_than_can_be_looked_at_are_shown_and_all_are_counted()
    {
        LabelledSamples many = new([.. Enumerable.Range(0, 100).Select(_ => ((float[]?)[5f, 1f, 4f], (int?)null))]);

        (IReadOnlyList<ChangedSample> shown, int inAll) = Changed(new ClassesTask("y", 3), many);

        Assert.Equal((ReportDetails.MostSamples, 100), (shown.Count, inAll));
        Assert.Equal("row 0", shown[0].Name);
    }

    [Fact]
    public void Pictures_that_would_make_the_report_too_large_are_left_out()
    {
        Random random = new(3);
        byte[] noise = new byte[96 * 96 * 3];
        random.NextBytes(noise);
        LabelledSamples many = new([.. Enumerable.Range(0, 100).Select(_ => ((float[]?)[5f, 1f, 4f], (int?)null))]);

        (IReadOnlyList<ChangedSample> few, _) = Changed(new ClassesTask("y", 3), Rows, new Pixels(96, 96, 3, noise));
        (IReadOnlyList<ChangedSample> shown, _) = Changed(new ClassesTask("y", 3), many, new Pixels(96, 96, 3, noise));

        Assert.All(few, sample => Assert.StartsWith("data:image/jpeg;base64,", sample.Thumbnail));
        Assert.Equal(60, shown.Count);
        Assert.True(shown.Sum(sample => sample.Thumbnail?.Length ?? 0) <= 1_000_000);
    }

    [Fact]
    public void Which_classes_became_which_others_is_counted_over_all_samples()
    {
        using InferenceModel reference = InferenceModel.Load(Scaled(1)),
            other = InferenceModel.Load(Scaled(2));
        ClassesTask task = new("y", 3);
        ComparisonResult comparison = Compare(reference, other, Rows, task);

        Assert.Equal([new ChangedAnswer("cat", "dog", 2), new ChangedAnswer("1", "dog", 1)], Confusions.Of(comparison, task, Names));
    }

    [Fact]
    public void Of_text_the_characters_that_became_others_are_counted()
    {
        using InferenceModel reference = InferenceModel.Load(Scaled(1)),
            other = InferenceModel.Load(Scaled(2));
        TextTask task = new("y", 3, blank: 0, TaskTruths.Open(new TaskOptions(), linesPath: null));
        ComparisonResult comparison = Compare(reference, other, Rows, task);

        // Each row is a line of one position, whose class 0 is the blank.
        Assert.Equal([new ChangedAnswer("nothing", "'2'", 2), new ChangedAnswer("'1'", "'2'", 1)], Confusions.Of(comparison, task, Names));
    }

    private static (IReadOnlyList<ChangedSample> Shown, int InAll) Changed(JudgedTask task, LabelledSamples samples, Pixels? picture = null)
    {
        using InferenceModel reference = InferenceModel.Load(Scaled(1)),
            other = InferenceModel.Load(Scaled(2));
        DifferingSamples changed = DifferingSamples.Of(Compare(reference, other, samples, task), task);
        AnswerGallery shown = new(ModelPair.Of(reference, other), task, Names, (_, _) => picture);
        return (shown.Of(changed, samples.Load, new SampleWorkers(2, CancellationToken.None)), changed.InAll);
    }

    private static ComparisonResult Compare(InferenceModel reference, InferenceModel other, LabelledSamples samples, JudgedTask task) =>
        ModelComparer.Compare(
            reference,
            other,
            new SampleReader<Sample>(samples.Count, samples.Load),
            new FoundTask(task, "made up"),
            2,
            _ => { },
            CancellationToken.None
        );

    private static OnnxModel Scaled(float last) =>
        new GraphBuilder()
            .Input("x", [1, 3])
            .Constant("factors", [3], [1f, 1f, last])
            .Node("Mul", ["x", "factors"], ["y"])
            .Output("y")
            .Build();
}
