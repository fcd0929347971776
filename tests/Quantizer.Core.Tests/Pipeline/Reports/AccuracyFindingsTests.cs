using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Findings;
using Quantizer.Pipeline.Reports;
using static Quantizer.Core.Tests.Pipeline.Comparing.ComparedClasses;

namespace Quantizer.Core.Tests.Pipeline.Reports;

/// <summary>What is told of the accuracy, and when: at its threshold, and not beside it.</summary>
public class AccuracyFindingsTests
{
    private const string Improve =
        "Try --method minmax, mse, entropy or percentile in turn, more and more varied calibration samples, or keep the noisiest part in "
        + "float with --exclude.";

    [Fact]
    public void Figures_on_the_calibration_data_are_told_as_such()
    {
        Assert.Equal(
            FindingKind.JudgedOnCalibrationData.Of(
                "data",
                "The accuracy figures are on the calibration data, which flatters INT8.",
                "Give held-out data with --eval."
            ),
            Assert.Single(RunFindings.OfAccuracy(Classes(agreeing: 100), heldOut: false))
        );
        Assert.Empty(RunFindings.OfAccuracy(Classes(agreeing: 100), heldOut: true));
    }

    [Fact]
    public void Little_agreement_is_told()
    {
        Assert.Equal(
            FindingKind.BelowFloor.Of("accuracy", "INT8 and FP32 agree on only 96.00 % of the samples.", Improve),
            Assert.Single(RunFindings.OfAccuracy(Classes(agreeing: 96), heldOut: true))
        );
        Assert.Empty(RunFindings.OfAccuracy(Classes(agreeing: 97), heldOut: true));
    }

    [Fact]
    public void A_floor_missed_by_one_answer_of_few_asks_for_more_samples()
    {
        ComparisonResult result = Classes(agreeing: 96);

        Assert.Equal(
            FindingKind.BelowFloor.Of(
                "accuracy",
                "INT8 and FP32 agree on only 96.00 % of the samples. It lacks 1 answer of 100 to keep the floor, which is within what so few "
                    + "samples tell: more samples would decide.",
                "Compare on more samples before anything is changed."
            ),
            Assert.Single(RunFindings.OfAccuracy(result with { Task = result.Task with { Samples = 100 } }, heldOut: true))
        );
    }

    [Theory]
    [InlineData(4, 2, "Top-1 accuracy drops by 2.00 points, which may be chance (p = 0.688).")]
    [InlineData(12, 0, "Top-1 accuracy drops by 2.00 points.")]
    public void A_drop_that_may_be_chance_is_told_as_such(int lost, int won, string message)
    {
        ComparisonResult result = Classes(agreeing: 98, labelled: 100, fp32: 90, int8: 88);
        PairedAnswers answers = new(100, 98)
        {
            Labelled = 100,
            RightToWrong = lost,
            WrongToRight = won,
        };

        Assert.Equal(
            message,
            Assert
                .Single(
                    RunFindings.OfAccuracy(
                        result with
                        {
                            Task = result.Task with { Figures = result.Task.Figures with { Answers = answers } },
                        },
                        heldOut: true
                    )
                )
                .Message
        );
    }

    [Fact]
    public void A_drop_of_more_than_a_point_is_told()
    {
        Assert.Equal(
            FindingKind.LessOftenRight.Of("accuracy", "Top-1 accuracy drops by 2.00 points.", Improve),
            Assert.Single(RunFindings.OfAccuracy(Classes(agreeing: 98, labelled: 100, fp32: 90, int8: 88), heldOut: true))
        );
        Assert.Empty(RunFindings.OfAccuracy(Classes(agreeing: 98, labelled: 100, fp32: 90, int8: 89), heldOut: true));
        // The share is of the labelled samples.
        Assert.Equal(
            "Top-1 accuracy drops by 2.50 points.",
            Assert.Single(RunFindings.OfAccuracy(Classes(agreeing: 99, labelled: 40, fp32: 40, int8: 39), heldOut: true)).Message
        );
    }

    [Fact]
    public void An_original_that_is_right_hardly_more_often_than_chance_is_told()
    {
        Assert.Equal(
            FindingKind.NearChance.Of(
                "accuracy",
                "The FP32 model itself is right on only 19.00 % of the samples, close to chance.",
                "Check the preparation flags and the order of the class folders or labels."
            ),
            Assert.Single(RunFindings.OfAccuracy(Classes(agreeing: 100, labelled: 100, fp32: 19, int8: 19), heldOut: true))
        );
        Assert.Empty(RunFindings.OfAccuracy(Classes(agreeing: 100, labelled: 100, fp32: 20, int8: 20), heldOut: true));
        Assert.Empty(RunFindings.OfAccuracy(Classes(agreeing: 100, labelled: 0, fp32: 0, int8: 0), heldOut: true));
    }

    [Fact]
    public void A_network_of_two_classes_is_near_chance_at_half_and_not_at_all_but_right()
    {
        static ComparisonResult Right(int of100)
        {
            ComparisonResult result = Classes(agreeing: 100, labelled: 100, fp32: of100, int8: of100);
            return result with { Task = result.Task with { Figures = result.Task.Figures with { Chance = 50 } } };
        }

        Assert.Empty(RunFindings.OfAccuracy(Right(of100: 99), heldOut: true));
        Assert.Empty(RunFindings.OfAccuracy(Right(of100: 60), heldOut: true));
        Assert.Single(RunFindings.OfAccuracy(Right(of100: 59), heldOut: true));
    }

    [Fact]
    public void Noisy_outputs_are_told_each_by_its_name_where_numbers_are_compared()
    {
        Finding[] found =
        [
            .. RunFindings.OfAccuracy(Outputs(("boxes", 14.96, 1), ("scores", 15, 1), ("mask", double.PositiveInfinity, 1)), heldOut: true),
        ];

        Assert.Equal([Noisy("boxes", "15.0 dB")], found);
    }

    [Fact]
    public void An_output_that_is_no_number_is_told() =>
        Assert.Equal([Noisy("y", "-")], RunFindings.OfAccuracy(Outputs(("y", double.NaN, 1)), heldOut: true));

    [Fact]
    public void The_median_sample_decides_and_not_the_total() =>
        Assert.Empty(
            RunFindings.OfAccuracy(
                Outputs(("y", 30, 1)) with
                {
                    Outputs = [new OutputDifference("y", 0.02, 1, 1) { MedianDb = 21 }],
                },
                heldOut: true
            )
        );

    [Fact]
    public void Classes_are_judged_by_agreement_and_not_by_decibels() =>
        Assert.Empty(
            RunFindings.OfAccuracy(Classes(agreeing: 100) with { Outputs = [new OutputDifference("y", 3, 0.5, 1)] }, heldOut: true)
        );

    [Theory]
    [InlineData(TaskKind.Boxes, FigureUnit.Ratio, 0.93, "INT8 and FP32 find the same objects with an F1 of only 0.9290.")]
    [InlineData(TaskKind.Masks, FigureUnit.Ratio, 0.95, "The masks of INT8 and FP32 overlap by only 0.9490 (intersection over union).")]
    [InlineData(TaskKind.Embeddings, FigureUnit.Ratio, 0.99, "The vectors of INT8 are only 0.9890 like FP32's (cosine).")]
    [InlineData(TaskKind.Pictures, FigureUnit.Decibels, 30, "The pictures that INT8 makes are only 30.0 dB from FP32's.")]
    [InlineData(TaskKind.Text, FigureUnit.Percent, 97, "INT8 keeps only 97.00 % of the characters that FP32 reads.")]
    [InlineData(TaskKind.Pixels, FigureUnit.Percent, 97, "INT8 and FP32 agree on only 97.00 % of the pixels.")]
    [InlineData(TaskKind.Positions, FigureUnit.Percent, 97, "INT8 and FP32 agree on only 97.00 % of the positions.")]
    [InlineData(TaskKind.Tokens, FigureUnit.Percent, 97, "INT8 and FP32 agree on only 97.00 % of the next tokens.")]
    [InlineData(TaskKind.Decisions, FigureUnit.Percent, 97, "INT8 and FP32 decide alike on only 97.00 % of the values.")]
    public void A_task_below_its_floor_is_told(TaskKind kind, FigureUnit unit, double floor, string message)
    {
        ComparisonResult At(double between) =>
            new(100, [], new TaskResult(kind, "", new JudgedFigures(TaskFigure.OfBoth("", unit, between), [])), []);

        Assert.Equal(
            FindingKind.BelowFloor.Of("accuracy", message, Improve),
            Assert.Single(RunFindings.OfAccuracy(At(floor - 0.001), heldOut: true))
        );
        Assert.Empty(RunFindings.OfAccuracy(At(floor), heldOut: true));
    }

    [Theory]
    [InlineData(FigureUnit.Ratio, 0.768, 0.757, "F drops by 0.0110.")]
    [InlineData(FigureUnit.Bits, 2.12, 2.18, "F rise by 0.0600.")]
    [InlineData(FigureUnit.Percent, 56.3, 55.2, "F drops by 1.10 points.")]
    [InlineData(FigureUnit.Ratio, 0.768, 0.759, null)]
    [InlineData(FigureUnit.Bits, 2.12, 2.16, null)]
    [InlineData(FigureUnit.Bits, 2.18, 2.12, null)]
    [InlineData(FigureUnit.Decibels, 30.0, 29.8, "F drops by 0.20 dB.")]
    [InlineData(FigureUnit.Decibels, 30.0, 29.95, null)]
    [InlineData(FigureUnit.Count, 76, 70, null)]
    public void What_INT8_loses_against_the_truth_is_told(FigureUnit unit, double fp32, double int8, string? message)
    {
        JudgedFigures figures = new(
            TaskFigure.OfBoth("", FigureUnit.Ratio, 1),
            [TaskFigure.OfBoth("other", unit, 0), TaskFigure.OfTruth("F", unit, fp32, int8)]
        );

        Assert.Equal(
            message is null ? [] : [message],
            RunFindings
                .OfAccuracy(new ComparisonResult(9, [], new TaskResult(TaskKind.Boxes, "", figures), []), heldOut: true)
                .Select(finding => finding.Message)
        );
    }

    [Fact]
    public void An_output_all_but_zero_gets_no_verdict_in_decibels()
    {
        Finding[] found =
        [
            .. RunFindings.OfAccuracy(
                Outputs(("faint", 0, 1.25e-8), ("silent", double.NegativeInfinity, 0), ("small", 0, 1e-6)),
                heldOut: true
            ),
        ];

        Assert.Equal(
            [
                FindingKind.SilentOutput.Of(
                    "output 'faint'",
                    "Its values are all but zero on these samples (root mean square 1.3e-8): that they differ says nothing.",
                    "Judge it on samples that make it speak."
                ),
                FindingKind.SilentOutput.Of(
                    "output 'silent'",
                    "Its values are all but zero on these samples (root mean square 0.0e+0): that they differ says nothing.",
                    "Judge it on samples that make it speak."
                ),
                Noisy("small", "0.0 dB"),
            ],
            found
        );
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_output_that_is_no_number_in_FP32_is_told_and_not_judged(double rms) =>
        Assert.Equal(
            FindingKind.NoNumbers.Of(
                "output 'y'",
                "In FP32 some of its values are NaN or infinite on these samples, so that no error can be told.",
                "Find out what makes them: a division by zero, a logarithm of zero, or samples that the model is not for."
            ),
            Assert.Single(RunFindings.OfAccuracy(Outputs(("y", double.NaN, rms)), heldOut: true))
        );

    [Fact]
    public void A_faint_output_that_is_exact_is_not_told() =>
        Assert.Empty(RunFindings.OfAccuracy(Outputs(("faint", 30, 1e-8)), heldOut: true));

    private static Finding Noisy(string output, string figure) =>
        FindingKind.NoisyOutput.Of(
            $"output '{output}'",
            $"In the median sample the signal is only {figure} above the quantization error.",
            Improve
        );

    private static ComparisonResult Outputs(params (string Name, double SqnrDb, double Rms)[] outputs)
    {
        OutputDifference[] differences =
        [
            .. outputs.Select(output => new OutputDifference(output.Name, output.SqnrDb, 1, output.Rms) { MedianDb = output.SqnrDb }),
        ];
        return new ComparisonResult(100, differences, new TaskResult(TaskKind.Values, "", new ValuesTask().Total([], differences)), []);
    }
}
