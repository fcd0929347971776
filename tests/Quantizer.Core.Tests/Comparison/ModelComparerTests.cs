using Quantizer.Comparison;
using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

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

        ComparisonResult result = Compare(Scaled(), Scaled(2f), samples);

        Assert.Equal(
            new ClassificationResult(Classes: 6, Agreeing: 3, Labelled: 3, ReferenceTop1: 2, OtherTop1: 1, ReferenceTop5: 2, OtherTop5: 3),
            result.Classification
        );
        Assert.Equal(5, result.Samples);
        Assert.Empty(result.Skipped);
    }

    [Fact]
    public void An_output_as_long_as_an_input_is_no_list_of_scores_unless_a_label_says_so()
    {
        // An autoencoder's six values given back; and a classifier of six classes by six features.
        Assert.Null(
            Compare(
                Scaled(),
                Scaled(2f),
                new LabelledSamples(([9f, 1f, 2f, 3f, 4f, 5f], null), ([1f, 2f, 3f, 4f, 5f, 6f], 6))
            ).Classification
        );
        Assert.NotNull(
            Compare(
                Scaled(),
                Scaled(2f),
                new LabelledSamples(([9f, 1f, 2f, 3f, 4f, 5f], null), ([1f, 2f, 3f, 4f, 5f, 6f], 5))
            ).Classification
        );
    }

    [Fact]
    public void An_output_of_other_length_than_any_input_is_a_list_of_scores_without_labels_too()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 6])
            .Node("Concat", ["x", "x"], ["y"], NodeAttribute.Of("axis", 1L))
            .Output("y")
            .Build();

        Assert.Equal(12, Compare(model, model, new LabelledSamples(([9f, 1f, 2f, 3f, 4f, 5f], null))).Classification!.Classes);
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
    public void Samples_that_cannot_be_read_are_left_out_and_named()
    {
        LabelledSamples samples = new(([1f, 0f, 0f, 0f, 0f, 2f], 5), (null, 1), ([1f, 0f, 0f, 0f, 0f, 2f], 5), (null, 2));

        ComparisonResult result = Compare(Scaled(), Scaled(), samples);

        Assert.Equal(2, result.Samples);
        Assert.Equal(2, result.Classification!.Labelled);
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
    public void Outputs_are_paired_by_name_whatever_their_order()
    {
        GraphBuilder Both() => new GraphBuilder().Input("x", [1, 2]).Node("Neg", ["x"], ["negative"]).Node("Abs", ["x"], ["magnitude"]);
        ComparisonResult result = Compare(
            Both().Output("negative").Output("magnitude").Build(),
            Both().Output("magnitude").Output("negative").Build(),
            new LabelledSamples(([-1f, 2f], null))
        );

        Assert.Equal(["negative", "magnitude"], result.Outputs.Select(output => output.Name));
        Assert.All(result.Outputs, output => Assert.Equal(double.PositiveInfinity, output.SqnrDb));
    }

    [Fact]
    public void Outputs_that_were_renamed_are_paired_by_position()
    {
        OnnxModel renamed = new GraphBuilder()
            .Input("x", [1, 2])
            .Node("Neg", ["x"], ["first_dq"])
            .Node("Abs", ["x"], ["second_dq"])
            .Output("first_dq")
            .Output("second_dq")
            .Build();
        OnnxModel reference = new GraphBuilder()
            .Input("x", [1, 2])
            .Node("Neg", ["x"], ["first"])
            .Node("Abs", ["x"], ["second"])
            .Output("first")
            .Output("second")
            .Build();

        ComparisonResult result = Compare(reference, renamed, new LabelledSamples(([-1f, 2f], null)));

        Assert.Equal(["first", "second"], result.Outputs.Select(output => output.Name));
        Assert.All(result.Outputs, output => Assert.Equal(double.PositiveInfinity, output.SqnrDb));
    }

    [Fact]
    public void Networks_with_other_outputs_cannot_be_compared()
    {
        OnnxModel two = new GraphBuilder()
            .Input("x", [1, 6])
            .Node("Neg", ["x"], ["y"])
            .Node("Abs", ["x"], ["z"])
            .Output("y")
            .Output("z")
            .Build();
        OnnxModel longer = new GraphBuilder()
            .Input("x", [1, 6])
            .Node("Concat", ["x", "x"], ["y"], NodeAttribute.Of("axis", 1L))
            .Output("y")
            .Build();
        LabelledSamples samples = new((new float[6], null));

        Assert.StartsWith(
            "The FP32 model has 1 outputs and the INT8 model 2;",
            Assert.Throws<QuantizationException>(() => Compare(Scaled(), two, samples)).Message
        );
        Assert.StartsWith(
            "Output 'y' has 6 values in the FP32 model and 12 in the INT8 model for sample 'row 0'.",
            Assert.Throws<QuantizationException>(() => Compare(Scaled(), longer, samples)).Message
        );
    }

    [Fact]
    public void Outputs_that_are_no_list_of_scores_are_no_classification()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 6])
            .Constant("shape", [3], [1L, 2, 3])
            .Node("Reshape", ["x", "shape"], ["y"])
            .Output("y")
            .Build();

        Assert.Null(Compare(model, model, new LabelledSamples(([1f, 2f, 3f, 4f, 5f, 6f], 3))).Classification);
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

        ComparisonResult one = Compare(Scaled(), Scaled(1.25f), samples),
            four = Compare(Scaled(), Scaled(1.25f), samples, workers: 4, progress: progress);

        Assert.Equal(one.Outputs, four.Outputs);
        Assert.Equal((one.Samples, one.Classification), (four.Samples, four.Classification));
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
                .Throws<QuantizationException>(() => ModelComparer.Compare(model, model, damaged, 2, _ => { }, CancellationToken.None))
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
            ModelComparer.Compare(model, model, Read(new LabelledSamples((new float[6], null))), 1, _ => { }, cancelled.Token)
        );
    }

    private static ComparisonResult Compare(
        OnnxModel reference,
        OnnxModel other,
        LabelledSamples samples,
        int workers = 1,
        List<int>? progress = null
    )
    {
        using InferenceModel first = InferenceModel.Load(reference),
            second = InferenceModel.Load(other);
        return ModelComparer.Compare(
            first,
            second,
            Read(samples),
            workers,
            done =>
            {
                if (progress is null)
                    return;
                lock (progress)
                    progress.Add(done);
            },
            CancellationToken.None
        );
    }

    private static SampleReader<Sample> Read(LabelledSamples samples) => new(samples.Count, samples.Load);

    /// <summary>Gives its six inputs, the last one multiplied.</summary>
    private static OnnxModel Scaled(float last = 1f) =>
        new GraphBuilder()
            .Input("x", [1, 6])
            .Constant("factors", [6], [1f, 1f, 1f, 1f, 1f, last])
            .Node("Mul", ["x", "factors"], ["y"])
            .Output("y")
            .Build();
}
