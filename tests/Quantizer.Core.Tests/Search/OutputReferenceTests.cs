using Quantizer.Comparison.Tasks;
using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Search;
using Quantizer.Search.Trials;

namespace Quantizer.Core.Tests.Search;

public class OutputReferenceTests
{
    private static readonly SampleWorkers TwoWorkers = Workers(2);

    [Fact]
    public void The_error_is_the_one_computed_by_hand()
    {
        OutputReference reference = Record(Model(), [3f, -4f], [0f, 5f]);

        // y = 2 x: of each sample the signal is four times the error.
        Assert.Equal(10 * Math.Log10(4 + 1), SqnrDb(reference, Model(factor: 1f)), 1e-12);
        Assert.Equal(2, reference.Count);
    }

    [Fact]
    public void The_mean_is_taken_over_the_outputs()
    {
        GraphBuilder Two(float a, float b) =>
            new GraphBuilder()
                .Input("x", [1, 2])
                .Constant("a", [], [a])
                .Constant("b", [], [b])
                .Node("Mul", ["x", "a"], ["y"])
                .Node("Mul", ["x", "b"], ["z"])
                .Output("y")
                .Output("z");
        OutputReference reference = Record(Two(1f, 1f).Build(), [3f, -4f]);

        Assert.Equal(10 * (Math.Log10(101) + Math.Log10(10_001)) / 2.0, SqnrDb(reference, Two(1.1f, 0.99f).Build()), 1e-4);
    }

    [Fact]
    public void No_sample_owns_the_sum()
    {
        // y = 2 x + offset: an offset of 1 is nothing to the sample of a thousand, and most of the error of the others.
        OutputReference reference = Record(Model(), [1000f, 1000f], [1f, 1f], [1f, 1f], [1f, 1f]);

        double scaled = SqnrDb(reference, Model(factor: 1.8f)),
            shifted = SqnrDb(reference, Model(offset: 1f));

        Assert.Equal(10 * Math.Log10(100 + 1), scaled, 1e-4);
        Assert.True(shifted < scaled, "Against the sum of all samples the shift would count as next to nothing.");
    }

    /// <summary>A shift of a class's logits changes the probabilities of a sure answer by next to nothing.</summary>
    [Fact]
    public void Probabilities_of_classes_are_judged_by_their_logarithms()
    {
        OnnxModel Classifier(float shift) =>
            new GraphBuilder()
                .Input("x", [1, 2])
                .Constant("shift", [2], [shift, -shift])
                .Node("Add", ["x", "shift"], ["logits"])
                .Node("Softmax", ["logits"], ["y"])
                .Output("y", [1, 2])
                .Build();
        OutputReference sure = Record(Classifier(0), [10f, -10f]),
            doubtful = Record(Classifier(0), [1f, -1f]);

        // Without their mean the logarithms are the logits: a shift of (0.1, -0.1) against (10, -10) and (1, -1).
        Assert.Equal(10 * Math.Log10(10_000 + 1), SqnrDb(sure, Classifier(0.1f)), 0.01);
        Assert.Equal(10 * Math.Log10(100 + 1), SqnrDb(doubtful, Classifier(0.1f)), 0.01);
    }

    [Fact]
    public void Parts_that_an_output_joins_count_the_same_each()
    {
        // y joins boxes in pixels and scores; a shift of 0.1 is nothing to the boxes.
        OnnxModel Detector(float shift) =>
            new GraphBuilder()
                .Input("x", [1, 4])
                .Constant("shift", [4], [shift, shift, shift, shift])
                .Node("Add", ["x", "shift"], ["y"])
                .Output("y", [1, 4])
                .Build();
        float[] sample = [300f, 400f, 0.6f, 0.8f];
        OutputRoles roles = OutputRoles.Alike with
        {
            PartsOf = (output, shape) =>
                (output, shape.Count) == ("y", 2) ? [new OutputPart("boxes", 1, 0, 2), new OutputPart("scores", 1, 2, 2)] : [],
        };
        OutputReference whole = Record(Detector(0), sample),
            byParts = OutputReference.Record(Detector(0), SamplesOf(sample), TwoWorkers, _ => { }, CancellationToken.None, roles: roles);

        // Both parts have an error of 0.02: against 250,000 and against 1.
        Assert.Equal(10 * (Math.Log10(250_000 / 0.02) + Math.Log10(1.02 / 0.02)) / 2, SqnrDb(byParts, Detector(0.1f)), 0.01);
        Assert.Equal(10 * Math.Log10(250_001 / 0.04), SqnrDb(whole, Detector(0.1f)), 0.01);
    }

    [Fact]
    public void Positions_that_a_mask_switches_off_are_not_judged()
    {
        // y = 2 x, of which the first value alone counts.
        Sample sample = SamplesOf([
            [3f, -4f],
        ])[0] with
        {
            Mask = new PositionMask([true, false]),
        };
        OutputReference reference = OutputReference.Record(Model(), [sample], TwoWorkers, _ => { }, CancellationToken.None);

        RecordedPart part = Assert.Single(reference.Records[0].Parts);
        Assert.Equal([6f], part.Values);
        Assert.Equal(4, part.ErrorOf([1, 2], [4f, 1e9f]));
    }

    [Fact]
    public void A_sample_without_signal_counts_as_one_with_a_hundredth_of_the_usual_one()
    {
        OutputReference reference = Record(Model(), [0f, 0f], [3f, -4f]);

        // Signals 0 and 100, errors 2 * 0.1 * 0.1; the first sample counts as one of a signal of 1.
        double error = 0.02;
        double relative = (error / (1 + error) + error / (100 + error)) / 2;
        Assert.Equal(-10 * Math.Log10(relative), SqnrDb(reference, Model(offset: 0.1f)), 1e-3);
    }

    [Fact]
    public void An_output_that_no_plan_touches_does_not_hide_the_others()
    {
        GraphBuilder Two(float a) =>
            new GraphBuilder()
                .Input("x", [1, 2])
                .Constant("a", [], [a])
                .Node("Mul", ["x", "a"], ["y"])
                .Node("Neg", ["x"], ["z"])
                .Output("y")
                .Output("z");
        OutputReference reference = Record(Two(1f).Build(), [3f, -4f]);

        double good = SqnrDb(reference, Two(1.01f).Build()),
            bad = SqnrDb(reference, Two(1.1f).Build());

        Assert.True(double.IsFinite(good) && double.IsFinite(bad) && good > bad + 5);
        Assert.True(SqnrDb(reference, Two(1f).Build()) > good);
    }

    [Fact]
    public void Outputs_that_are_no_longer_numbers_are_as_wrong_as_can_be()
    {
        OutputReference reference = Record(Model(), [3f, -4f]);

        Assert.Equal(0, SqnrDb(reference, Model(factor: float.NaN)));
        Assert.Equal(0, SqnrDb(reference, Model(factor: float.PositiveInfinity)));
        Assert.True(SqnrDb(reference, Model(factor: 100f)) > 0);
    }

    [Fact]
    public void Values_that_are_missing_or_too_many_are_errors()
    {
        OnnxModel First(long count) =>
            new GraphBuilder()
                .Input("x", [1, 3])
                .Constant("start", [1], [0L])
                .Constant("end", [1], [count])
                .Constant("axis", [1], [1L])
                .Node("Slice", ["x", "start", "end", "axis"], ["y"])
                .Output("y", shape: null)
                .Build();

        // Of 3, 4 and 12 the last is missing, or added to 3 and 4.
        Assert.Equal(10 * Math.Log10(169.0 / 144 + 1), SqnrDb(Record(First(3), [3f, 4f, 12f]), First(2)), 1e-12);
        Assert.Equal(10 * Math.Log10(25.0 / 144 + 1), SqnrDb(Record(First(2), [3f, 4f, 12f]), First(3)), 1e-12);
    }

    [Fact]
    public void Workers_do_not_show()
    {
        float[][] rows = [.. Enumerable.Range(0, 40).Select(i => SmallNetworks.Values(2, i))];
        OutputReference one = OutputReference.Record(Model(), SamplesOf(rows), Workers(1), _ => { }, CancellationToken.None);
        OutputReference four = OutputReference.Record(Model(), SamplesOf(rows), Workers(4), _ => { }, CancellationToken.None);

        Assert.Equal((40, 40), (one.Count, four.Count));
        Assert.Equal(SqnrDb(one, Model(offset: 0.3f)), SqnrDb(four, Model(offset: 0.3f)));
    }

    [Fact]
    public void How_many_samples_are_recorded_is_told()
    {
        List<int> told = [];

        OutputReference.Record(
            Model(),
            SamplesOf([.. Enumerable.Repeat<float[]>([1f, 2f], 19)]),
            TwoWorkers,
            told.Add,
            CancellationToken.None
        );

        Assert.Equal(19, told[^1]);
        Assert.Equal(told.Distinct().Order(), told);
    }

    /// <summary>Two inputs and two outputs of four bytes each make 16 bytes a sample.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(16 * 8, 9)]
    [InlineData(16 * 11, 12)]
    [InlineData(16 * 19, 19)]
    public void Where_memory_ends_the_first_samples_must_do_but_not_too_few(long mostBytes, int expected)
    {
        IReadOnlyList<Sample> samples = SamplesOf([.. Enumerable.Repeat<float[]>([1f, 2f], 19)]);

        OutputReference found = OutputReference.Record(Model(), samples, TwoWorkers, _ => { }, CancellationToken.None, mostBytes);

        Assert.Equal(expected, found.Count);
    }

    [Fact]
    public void A_sample_that_does_not_fit_is_named_by_its_first_fault()
    {
        IReadOnlyList<Sample> samples = SamplesOf([1f, 2f], [1f, 2f, 3f], [1f]);

        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            OutputReference.Record(Model(), samples, Workers(4), _ => { }, CancellationToken.None)
        );

        Assert.Contains("[1,3]", error.Message);
    }

    [Fact]
    public void A_network_that_gives_class_numbers_only_is_judged_by_them()
    {
        OnnxModel Classes(float factor) =>
            new GraphBuilder()
                .Input("x", [1, 2])
                .Constant("c", [2], [1f, factor])
                .Node("Mul", ["x", "c"], ["scores"])
                .Node("ArgMax", ["scores"], ["class"], NodeAttribute.Of("axis", 1L))
                .Output("class", type: ElementType.Int64)
                .Build();
        OutputReference reference = Record(Classes(1f), [1f, 2f], [2f, 3f], [5f, 1f]);

        Assert.True(SqnrDb(reference, Classes(0.9f)) > SqnrDb(reference, Classes(0.6f)));
        Assert.True(SqnrDb(reference, Classes(0.6f)) > SqnrDb(reference, Classes(0.1f)));
    }

    private static SampleWorkers Workers(int threads) => new(threads, CancellationToken.None);

    private static OutputReference Record(OnnxModel model, params float[][] rows) =>
        OutputReference.Record(model, SamplesOf(rows), Workers(2), _ => { }, CancellationToken.None);

    private static IReadOnlyList<Sample> SamplesOf(params float[][] rows) =>
        [
            .. rows.Select(
                (row, i) => new Sample($"{i}", new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, row.Length], row) })
            ),
        ];

    private static double SqnrDb(OutputReference reference, OnnxModel model)
    {
        using InferenceModel session = InferenceModel.Load(model);
        OutputErrors errors = JudgedRun.On(
            session,
            reference,
            [.. Enumerable.Range(0, reference.Count)],
            _ => false,
            TwoWorkers,
            CancellationToken.None
        )!;
        return reference.SqnrDb(errors, reference.Count);
    }

    /// <summary>y = factor * x + offset</summary>
    private static OnnxModel Model(float factor = 2f, float offset = 0f) =>
        new GraphBuilder()
            .Input("x", [1, 2])
            .Constant("factor", [], [factor])
            .Constant("offset", [], [offset])
            .Node("Mul", ["x", "factor"], ["product"])
            .Node("Add", ["product", "offset"], ["y"])
            .Output("y")
            .Build();
}
