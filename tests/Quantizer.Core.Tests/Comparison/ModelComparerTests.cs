using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;
using static Quantizer.Core.Tests.Comparison.ComparedModels;

namespace Quantizer.Core.Tests.Comparison;

public class ModelComparerTests
{
    [Fact]
    public void Agreement_and_accuracy_are_counted_over_the_samples()
    {
        // The second model doubles the last class.
        LabelledSamples samples = new(
            ([9f, 1f, 2f, 3f, 4f, 5f], 0), // tops 0 and 5: right and wrong, the label second in the other
            ([1f, 9f, 2f, 3f, 4f, 0f], 1), // tops 1 and 1
            ([6f, 5f, 4f, 3f, 2f, 1.5f], 5), // tops 0 and 0: both wrong, the label sixth in the one and fifth in the other
            ([0f, 0f, 9f, 0f, 0f, 5f], null), // tops 2 and 5, without a label
            ([1f, 2f, 3f, 4f, 5f, 6f], 6)
        ); // a label that no score belongs to

        ComparisonResult result = Compare(Scaled(), Scaled(2f), samples, SixClasses);

        Assert.Equal(
            [
                TaskFigure.OfTruth("Top-1 accuracy", FigureUnit.Percent, 200.0 / 3, 100.0 / 3),
                TaskFigure.OfTruth("Top-5 accuracy", FigureUnit.Percent, 200.0 / 3, 100),
            ],
            result.Task.Figures.Others
        );
        Assert.Equal(TaskFigure.OfBoth("Same top class", FigureUnit.Percent, 60), result.Task.Figures.Headline);
        Assert.Equal((3, 100.0 / 6), (result.Task.Figures.Labelled, result.Task.Figures.Chance));
        Assert.Equal(5, result.Samples);
        Assert.Empty(result.Skipped);
    }

    [Fact]
    public void What_became_of_changed_answers_is_counted()
    {
        float[] changing = [9f, 1f, 2f, 3f, 4f, 5f]; // tops 0 and 5
        LabelledSamples samples = new((changing, 0), (changing, 5), (changing, 3), (changing, null), ([1f, 9f, 2f, 3f, 4f, 0f], 2));

        Assert.Equal(
            new PairedAnswers(5, 1)
            {
                Labelled = 4,
                RightToWrong = 1,
                WrongToRight = 1,
                WrongToWrong = 1,
            },
            Compare(Scaled(), Scaled(2f), samples, SixClasses).Task.Figures.Answers
        );
    }

    [Fact]
    public void The_size_of_a_signal_is_told()
    {
        OutputDifference faint = Assert.Single(
            Compare(Scaled(), Scaled(2f), new LabelledSamples(([1e-8f, 1e-8f, 1e-8f, 1e-8f, 1e-8f, 1e-8f], null))).Outputs
        );
        OutputDifference plain = Assert.Single(
            Compare(Scaled(), Scaled(2f), new LabelledSamples(([3f, 3f, 3f, 3f, 3f, 3f], null))).Outputs
        );

        Assert.Equal((1e-8, true), (Math.Round(faint.Rms, 12), faint.IsAllButZero));
        Assert.Equal((3.0, false), (plain.Rms, plain.IsAllButZero));
    }

    [Fact]
    public void Errors_are_summed_over_all_samples()
    {
        LabelledSamples samples = new(([1f, 0f, 0f, 0f, 0f, 2f], null), ([0f, 3f, 0f, 0f, 0f, 4f], null));

        OutputDifference output = Assert.Single(Compare(Scaled(), Scaled(1.5f), samples).Outputs);

        // Signal 1 + 4 + 9 + 16, error 1 + 4, product 1 + 2 * 3 + 9 + 4 * 6, other 1 + 9 + 9 + 36.
        Assert.Equal(("y", 10 * Math.Log10(30.0 / 5)), (output.Name, output.SqnrDb));
        Assert.Equal(40 / Math.Sqrt(30.0 * 55), output.Cosine, 1e-12);
    }

    [Fact]
    public void Of_whole_numbers_the_share_that_is_equal_is_told()
    {
        static OnnxModel Network(float factor) =>
            new GraphBuilder()
                .Input("x", [1, 6])
                .Constant("factors", [6], [1f, 1f, 1f, 1f, 1f, factor])
                .Node("Mul", ["x", "factors"], ["y"])
                .Node("ArgMax", ["y"], ["class"], NodeAttribute.Of("axis", 1L))
                .Output("y")
                .Output("class", type: ElementType.Int64)
                .Build();
        LabelledSamples samples = new(([9f, 1f, 2f, 3f, 4f, 5f], null), ([9f, 1f, 2f, 3f, 4f, 0f], null), ([9f, 1f, 2f, 3f, 4f, 1f], null));

        IReadOnlyList<OutputDifference> outputs = Compare(Network(1), Network(2), samples).Outputs;

        // Only of the first sample another value becomes the largest.
        Assert.Equal([null, 200.0 / 3], outputs.Select(output => output.EqualPercent));
    }

    [Fact]
    public void Ratios_of_single_samples_stand_beside_the_total()
    {
        // The last value is off by a half: 1, 2, ... 10 of it in samples whose signal is 100 besides; and one that owns the sum.
        (float[]?, int?)[] rows = [.. Enumerable.Range(1, 10).Select(i => ((float[]?)[10f, 0f, 0f, 0f, 0f, i], (int?)null))];

        OutputDifference output = Assert.Single(
            Compare(Scaled(), Scaled(1.5f), new LabelledSamples([.. rows, ([0f, 0f, 0f, 0f, 0f, 1000f], null)])).Outputs
        );

        double Of(double last) => 10 * Math.Log10((100 + (last * last)) / (last * last / 4));
        Assert.InRange(output.SqnrDb, 6.0, 6.1);
        // Sorted: the giant, then 10, 9, ...: of eleven the sixth and the second.
        Assert.Equal((Of(6), Of(10)), (output.MedianDb, output.WorstTenthDb));
    }

    [Fact]
    public void Positions_that_do_not_count_count_in_no_figure()
    {
        Sample masked = new LabelledSamples(([3f, 1f, 2f, 9f, 9f, 9f], null)).Load(0) with
        {
            Mask = new PositionMask([true, true, true, false, false, false]),
        };
        using InferenceModel first = InferenceModel.Load(Scaled()),
            second = InferenceModel.Load(Scaled(5f));

        ComparisonResult result = ModelComparer.Compare(
            first,
            second,
            new SampleReader<Sample>(1, _ => masked),
            new FoundTask(new DecisionsTask("y"), ""),
            1,
            _ => { },
            CancellationToken.None
        );

        // The last value, which alone differs, is padding; the root mean square is of three values.
        OutputDifference output = Assert.Single(result.Outputs);
        Assert.Equal((double.PositiveInfinity, Math.Sqrt(14.0 / 3)), (output.SqnrDb, output.Rms));
        Assert.Equal(100, result.Task.Figures.Headline.Between);
    }

    [Fact]
    public void Samples_that_cannot_be_read_are_left_out_and_named()
    {
        LabelledSamples samples = new(([1f, 0f, 0f, 0f, 0f, 2f], 5), (null, 1), ([1f, 0f, 0f, 0f, 0f, 2f], 5), (null, 2));

        ComparisonResult result = Compare(Scaled(), Scaled(), samples, SixClasses);

        Assert.Equal(2, result.Samples);
        Assert.Equal(2, result.Task.Figures.Labelled);
        Assert.Equal(["row 1", "row 3"], result.Skipped.Select(skipped => skipped.Name));
        Assert.All(result.Skipped, skipped => Assert.Contains("it is empty", skipped.Reason));
    }

    [Fact]
    public void Without_any_readable_sample_there_is_no_comparison()
    {
        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            Compare(Scaled(), Scaled(), new LabelledSamples((null, 1), (null, 2)))
        );

        Assert.StartsWith("The data for the comparison: none of 2 samples can be read. The first: 'row 0': it is empty.", error.Message);
    }

    [Fact]
    public void Whole_numbers_are_compared_as_numbers()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 6])
            .Node("ArgMax", ["x"], ["y"], NodeAttribute.Of("axis", 1L))
            .Output("y", type: ElementType.Int64)
            .Build();

        Assert.Equal(
            double.PositiveInfinity,
            Assert.Single(Compare(model, model, new LabelledSamples(([1f, 2f, 3f, 9f, 5f, 6f], 3))).Outputs).SqnrDb
        );
    }

    [Fact]
    public void The_number_of_workers_does_not_show()
    {
        (float[]?, int?)[] rows = [.. Enumerable.Range(0, 40).Select(i => (i % 7 == 3 ? null : SmallNetworks.Values(6, i), (int?)(i % 6)))];
        LabelledSamples samples = new(rows);
        List<int> progress = [];

        ComparisonResult one = Compare(Scaled(), Scaled(1.25f), samples, SixClasses),
            four = Compare(Scaled(), Scaled(1.25f), samples, SixClasses, workers: 4, progress: progress);

        Assert.Equal(one.Outputs.Select(Figures), four.Outputs.Select(Figures));
        Assert.Equal((one.Samples, one.Task.Figures.Headline), (four.Samples, four.Task.Figures.Headline));
        Assert.Equal(one.Task.Figures.Others, four.Task.Figures.Others);
        Assert.Equal(one.Skipped, four.Skipped);
        Assert.Equal(Enumerable.Range(1, 40), progress);
    }

    [Fact]
    public void Data_that_cannot_be_used_at_all_end_the_comparison()
    {
        using InferenceModel model = InferenceModel.Load(Scaled());
        SampleReader<Sample> damaged = new(
            3,
            index =>
                index == 1 ? throw new QuantizationException("The archive is damaged.") : new LabelledSamples((new float[6], null)).Load(0)
        );

        Assert.Equal(
            "The archive is damaged.",
            Assert
                .Throws<QuantizationException>(() =>
                    ModelComparer.Compare(model, model, damaged, Values, 2, _ => { }, CancellationToken.None)
                )
                .Message
        );
    }

    [Fact]
    public void A_cancelled_comparison_ends_with_an_exception()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        using InferenceModel model = InferenceModel.Load(Scaled());

        Assert.ThrowsAny<OperationCanceledException>(() =>
            ModelComparer.Compare(model, model, Read(new LabelledSamples((new float[6], null))), Values, 1, _ => { }, cancelled.Token)
        );
    }

    private static FoundTask SixClasses { get; } = new(new ClassesTask("y", 6), "six scores");

    private static (string, double, double, double, double) Figures(OutputDifference output) =>
        (output.Name, output.SqnrDb, output.MedianDb, output.WorstTenthDb, output.Cosine);
}
