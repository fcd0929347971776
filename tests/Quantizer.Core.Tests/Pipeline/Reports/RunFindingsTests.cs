using System.Globalization;
using Quantizer.Comparison;
using Quantizer.Findings;
using Quantizer.Pictures;
using Quantizer.Pipeline.Reports;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting;
using static Quantizer.Core.Tests.Pipeline.Comparing.ComparedClasses;

namespace Quantizer.Core.Tests.Pipeline.Reports;

/// <summary>Every finding's text and when it is told: at its threshold, and not beside it. Of the speed, the data and the files; those of
/// the accuracy have <see cref="AccuracyFindingsTests"/>.</summary>
public class RunFindingsTests
{
    [Fact]
    public void A_slower_model_is_told_with_its_spread() =>
        Assert.Equal(
            FindingKind.SlowerThanFloat.Of(
                "latency",
                "INT8 is slower than FP32 here (0.80x ±0.10).",
                "Deploy the FP32 model on this processor, or keep more of the model in float with --exclude or --exclude-op."
            ),
            Assert.Single(OfSpeed(0.8, spread: 0.1))
        );

    [Fact]
    public void Of_a_network_too_short_for_a_choice_the_choice_is_told() =>
        Assert.Contains(
            "--slow-integers store",
            Assert.Single(RunFindings.OfSpeed(new LatencyReport(1, 0.03, 0.04, 0.75, 0.01), isTooShort: true)).Remedy
        );

    [Fact]
    public void A_gain_that_nobody_would_notice_is_told() =>
        Assert.Equal(
            FindingKind.HardlyFaster.Of(
                "latency",
                "INT8 gains next to nothing here (1.04x ±0.01).",
                "Deploy the FP32 model unless its size matters."
            ),
            Assert.Single(OfSpeed(1.04, spread: 0.01))
        );

    [Theory]
    [InlineData(0.97, 0.005, "INT8 is slower")]
    // The same kernels differ by as much from one session to the next.
    [InlineData(0.99, 0.005, "INT8 gains next to nothing")]
    [InlineData(1.01, 0.005, "INT8 gains next to nothing")]
    [InlineData(1.0499, 0.005, "INT8 gains next to nothing")]
    [InlineData(1.05, 0.005, null)]
    [InlineData(2.5, 0.005, null)]
    // Within the spread there is no verdict.
    [InlineData(0.5, 0.5, null)]
    [InlineData(0.5, 0.49, "INT8 is slower")]
    [InlineData(1.015625, 0.015625, null)]
    [InlineData(1.015625, 0.015, "INT8 gains next to nothing")]
    [InlineData(0.96, double.PositiveInfinity, null)]
    [InlineData(double.NaN, 0.01, null)]
    public void Speed_is_judged_at_its_thresholds_and_never_within_the_spread(double speedup, double spread, string? start)
    {
        Finding[] found = [.. OfSpeed(speedup, spread)];

        if (start is null)
            Assert.Empty(found);
        else
            Assert.StartsWith(start, Assert.Single(found).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_answer_to_everything_is_told()
    {
        ComparisonResult one = Classes(agreeing: 100);
        one = one with { Task = one.Task with { Figures = one.Task.Figures with { OnlyAnswer = "class 3" } } };

        Finding told = Assert.Single(RunFindings.OfAccuracy(one, heldOut: true));

        Assert.Equal("QZ313", told.Code);
        Assert.StartsWith("FP32 gives all 100 samples the same answer (class 3)", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_next_to_nothing_are_told_where_they_made_it_slow() =>
        Assert.Contains(
            "cleaned (constants folded, weights of next to nothing, which processors are slow with, as zeros)",
            Assert.Single(CleaningFindings.Of(17, 0.5, vanished: true)).Message
        );

    [Fact]
    public void A_file_that_runs_faster_once_cleaned_is_told() =>
        Assert.Equal(
            FindingKind.FasterWhenCleaned.Of(
                "latency",
                "Your FP32 file takes 1.151 ms; cleaned (constants folded) the same network takes 1.000 ms. The speed-up is against the "
                    + "cleaned one.",
                ""
            ),
            Assert.Single(CleaningFindings.Of(1.151, 1))
        );

    [Fact]
    public void Cleaning_that_gains_little_is_not_told() => Assert.Empty(CleaningFindings.Of(1.15, 1));

    [Fact]
    public void Nothing_quantized_not_quantized_and_identical_have_their_texts()
    {
        Assert.Equal(
            FindingKind.NothingQuantized.Of(
                "placement",
                "Nothing was quantized: no convolution or matrix product of this model gains from integers.",
                "See the reasons with --verbose."
            ),
            RunFindings.NothingQuantized
        );
        Assert.Equal(
            FindingKind.NotQuantized.Of(
                "b.onnx",
                "The file holds no quantized operator: its speed and accuracy say nothing of INT8.",
                "Give the quantized file as the second one."
            ),
            RunFindings.NotQuantized("b.onnx")
        );
        Assert.Equal(
            FindingKind.IdenticalFiles.Of("files", "Both files are the same, byte for byte: there is nothing to compare.", ""),
            RunFindings.IdenticalFiles
        );
    }

    [Fact]
    public void A_guessed_preparation_is_told_to_prove_nothing() =>
        Assert.Equal(
            FindingKind.GuessedPreparation.Of(
                "preprocessing",
                "The preparation of the pictures is a guess, so every accuracy figure here proves nothing. Why.",
                "Say the right one; this guess is --preset raw, or --preset zero-one, or --preset caffe"
            ),
            Assert.Single(
                RunFindings.OfData(
                    Preparation(isGuess: true, doubt: null) with
                    {
                        OtherFlags = ["--preset zero-one", "--preset caffe"],
                    },
                    32
                )
            )
        );

    [Fact]
    public void A_narrow_decision_is_told_by_what_was_narrow() =>
        Assert.Equal(
            FindingKind.DoubtfulPreparation.Of(
                "preprocessing",
                "How the model wants its pictures was found, but the channel order only narrowly. Why.",
                "Fix it with the right flags; this choice is --preset raw"
            ),
            Assert.Single(RunFindings.OfData(Preparation(isGuess: false, doubt: "channel order"), 32))
        );

    [Fact]
    public void A_clear_preparation_and_none_are_not_told()
    {
        Assert.Empty(RunFindings.OfData(Preparation(isGuess: false, doubt: null), 32));
        Assert.Empty(RunFindings.OfData(null, null));
    }

    [Fact]
    public void Few_calibration_samples_are_told()
    {
        Assert.Equal(
            FindingKind.FewSamples.Of(
                "data",
                "Only 31 calibration samples: rare large activations may be missing.",
                "Give a hundred or more varied samples."
            ),
            Assert.Single(RunFindings.OfData(null, 31))
        );
        Assert.Equal(
            "Only 1 calibration sample: rare large activations may be missing.",
            Assert.Single(RunFindings.OfData(null, 1)).Message
        );
        Assert.Empty(RunFindings.OfData(null, 32));
    }

    [Fact]
    public void Numbers_have_a_decimal_point_in_every_country()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // Named cultures may not be installed.
            CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;

            Assert.Contains("(0.80x ±0.10)", Assert.Single(OfSpeed(0.8, 0.1)).Message);
            Assert.Contains("96.00 %", Assert.Single(RunFindings.OfAccuracy(Classes(agreeing: 96), heldOut: true)).Message);
            Assert.Contains("1.500 ms", Assert.Single(CleaningFindings.Of(1.5, 1)).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static IEnumerable<Finding> OfSpeed(double speedup, double spread) =>
        RunFindings.OfSpeed(new LatencyReport(1, speedup, 1, speedup, spread));

    private static PreparationChoice Preparation(bool isGuess, string? doubt)
    {
        PictureGeometry geometry = new(8, 8, ResizeConvention.Stretch, Interpolation.PillowBilinear, IsGray: true);
        PicturePreparation preparation = new(geometry, 1, [0], [1], ChannelOrder.Gray, TensorLayout.Nchw);
        return new PreparationChoice(
            preparation,
            "raw",
            isGuess ? ChoiceGround.Guess : ChoiceGround.ClassAccuracy,
            null,
            null,
            null,
            isGuess,
            doubt,
            "Why.",
            "--preset raw"
        );
    }
}
