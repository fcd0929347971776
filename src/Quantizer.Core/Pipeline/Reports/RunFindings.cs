using System.Globalization;
using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Isolation;
using Quantizer.Pipeline.Forms;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using static System.FormattableString;

namespace Quantizer.Pipeline.Reports;

/// <summary>What the user should know of a finished comparison.</summary>
internal static class RunFindings
{
    /// <summary>A loss that the better tools stay under on all published classifiers but the hardest.</summary>
    private const double NoticeableDrop = 1.0;

    /// <summary>As much as a language model a tenth smaller costs.</summary>
    private const double NoticeableBits = 0.05;

    /// <summary>As much as papers tell methods apart by.</summary>
    private const double NoticeableDecibels = 0.1;

    /// <summary>Of the way from chance to perfect: of two classes every network is right on less than twice as many as by chance.</summary>
    private const double NearChance = 0.2;

    /// <summary>With fewer samples the largest activations of a network are often not among those seen.</summary>
    private const int FewSamples = 32;

    /// <summary>A longer list is in the report.</summary>
    private const int MostNodes = 5;

    /// <summary>Where nothing more is known than that INT8 does worse.</summary>
    public const string Improve =
        "Try --method minmax, mse, entropy or percentile in turn, more and more varied calibration samples, or keep the noisiest part in "
        + "float with --exclude.";

    /// <summary>No verdict where the difference is within its spread.</summary>
    /// <param name="isTooShort">Whether the tool would have looked for a faster form if the network took longer.</param>
    public static IEnumerable<Finding> OfSpeed(LatencyReport latency, bool isTooShort = false)
    {
        if (FigureText.IsWithinSpread(latency.Speedup, latency.Spread))
            yield break;
        if (latency.Speedup < FormFindings.OneSessionFromAnother)
        {
            yield return FindingKind.SlowerThanFloat.Of(
                "latency",
                Invariant($"INT8 is slower than FP32 here ({latency.Speedup:0.00}x ±{latency.Spread:0.00})."),
                isTooShort
                    ? "So short a network has no form chosen for it by measuring: --slow-integers store computes in float and stores the "
                        + "weights as integers. Or deploy the FP32 model on this processor. Batches may gain all the same: 'quantize bench "
                        + "--batch 1,32' tells."
                    : "Deploy the FP32 model on this processor, or keep more of the model in float with --exclude or --exclude-op."
            );
        }
        else if (latency.Speedup < SpeedWorth.NoticeableSpeedup)
        {
            yield return FindingKind.HardlyFaster.Of(
                "latency",
                Invariant($"INT8 gains next to nothing here ({latency.Speedup:0.00}x ±{latency.Spread:0.00})."),
                "Deploy the FP32 model unless its size matters."
            );
        }
    }

    /// <summary>Where no weight became integers.</summary>
    public static Finding NothingQuantized { get; } =
        FindingKind.NothingQuantized.Of(
            "placement",
            "Nothing was quantized: no convolution or matrix product of this model gains from integers.",
            "See the reasons with --verbose."
        );

    /// <summary>Where there were no data to compare the models on.</summary>
    /// <param name="isTimed">The speed was measured, on inputs of zeros.</param>
    public static Finding NotJudged(bool isTimed) =>
        FindingKind.NotJudged.Of(
            "accuracy",
            "Without data nothing was judged: how close INT8 comes to FP32 is not known. "
                + (
                    isTimed
                        ? "The speed was measured on inputs of zeros."
                        : "The speed was not measured, because the model does not say the sizes of its inputs, or has more than 1 GiB of weights."
                ),
            "Give data to measure on with --eval."
        );

    /// <summary>Of a comparison whose second file holds no quantized operator.</summary>
    public static Finding NotQuantized(string path) =>
        FindingKind.NotQuantized.Of(
            path,
            "The file holds no quantized operator: its speed and accuracy say nothing of INT8.",
            "Give the quantized file as the second one."
        );

    /// <summary>Of a comparison of a file with itself.</summary>
    public static Finding IdenticalFiles { get; } =
        FindingKind.IdenticalFiles.Of("files", "Both files are the same, byte for byte: there is nothing to compare.", "");

    public static IEnumerable<Finding> OfAccuracy(ComparisonResult result, bool heldOut)
    {
        if (!heldOut)
        {
            yield return FindingKind.JudgedOnCalibrationData.Of(
                "data",
                "The accuracy figures are on the calibration data, which flatters INT8.",
                "Give held-out data with --eval."
            );
        }

        foreach ((string output, string what) in result.LeftOut)
            yield return FindingKind.OutputLeftOut.Of($"output '{output}'", what, "");
        foreach (Finding finding in OfTask(result).Concat(OfTruth(result.Task.Figures)))
            yield return finding;
    }

    private static IEnumerable<Finding> OfTask(ComparisonResult result)
    {
        if (result.Task.Kind == TaskKind.Values)
            return result.Outputs.Where(output => !(output.MedianDb >= result.Task.Floor)).Select(OfNoise);
        IEnumerable<OutputDifference> useless = result.Outputs.Where(output => !output.IsNumber || output.Name == result.Task.Missed?.Name);
        return OfHeadline(result).Concat(useless.Select(OfNoise)).Concat(OfVariety(result));
    }

    private static IEnumerable<Finding> OfVariety(ComparisonResult result)
    {
        if (result.Task.Figures.OnlyAnswer is not { } answer)
            yield break;
        yield return FindingKind.OneAnswer.Of(
            "accuracy",
            $"FP32 gives all {FigureText.Count(result.Samples, "sample")} the same answer ({answer}): that INT8 does so, too, says little.",
            "Compare on samples of different answers, and check how they are prepared; until then the output's SQNR tells more."
        );
    }

    private static IEnumerable<Finding> OfHeadline(ComparisonResult result)
    {
        TaskFigure headline = result.Task.Figures.Headline;
        if (headline.Between is null && result.Task.Kind == TaskKind.Boxes && result.Samples > 0)
        {
            return
            [
                FindingKind.NotJudged.Of(
                    "accuracy",
                    "Neither model finds any object on these samples: nothing tells how alike they are.",
                    "Give samples with objects, fix how pictures are prepared, or count less sure objects with --conf X."
                ),
            ];
        }
        if (result.Task.HeadlineMeetsFloor)
            return [];
        string figure = FigureText.Of(headline.Unit, headline.Between),
            shortfall = string.Format(CultureInfo.InvariantCulture, TaskTable.ShortfallOf(result.Task.Kind), figure);
        int missing = Certainty.MissingOf(result.Task.Kind, headline.Between, result.Task.Samples);
        return
        [
            missing == 0
                ? FindingKind.BelowFloor.Of("accuracy", shortfall, Improve)
                : FindingKind.BelowFloor.Of(
                    "accuracy",
                    $"{shortfall} {CertaintyText.Undecided(missing, result.Task.Samples)}",
                    "Compare on more samples before anything is changed."
                ),
        ];
    }

    private static Finding OfNoise(OutputDifference output) =>
        !output.IsNumber
            ? FindingKind.NoNumbers.Of(
                $"output '{output.Name}'",
                "In FP32 some of its values are NaN or infinite on these samples, so that no error can be told.",
                "Find out what makes them: a division by zero, a logarithm of zero, or samples that the model is not for."
            )
        : output.IsAllButZero
            ? FindingKind.SilentOutput.Of(
                $"output '{output.Name}'",
                Invariant(
                    $"Its values are all but zero on these samples (root mean square {output.Rms:0.0e+0}): that they differ says nothing."
                ),
                "Judge it on samples that make it speak."
            )
        : FindingKind.NoisyOutput.Of(
            $"output '{output.Name}'",
            string.Format(CultureInfo.InvariantCulture, TaskTable.ShortfallOf(TaskKind.Values), FigureText.Decibels(output.MedianDb)),
            Improve
        );

    private static IEnumerable<Finding> OfTruth(JudgedFigures figures)
    {
        if (figures.AgainstTruth is not { Fp32: { } fp32, Int8: { } int8 } figure)
            yield break;
        (double loss, double noticeable, string text) = figure.Unit switch
        {
            FigureUnit.Bits => (int8 - fp32, NoticeableBits, Invariant($"{figure.Name} rise by {int8 - fp32:0.0000}.")),
            FigureUnit.Percent => (
                fp32 - int8,
                NoticeableDrop,
                Invariant($"{figure.Name} drops by {fp32 - int8:0.00} points{OrChance(figures.Answers)}.")
            ),
            FigureUnit.Decibels => (fp32 - int8, NoticeableDecibels, Invariant($"{figure.Name} drops by {fp32 - int8:0.00} dB.")),
            _ => (fp32 - int8, NoticeableDrop / 100, Invariant($"{figure.Name} drops by {fp32 - int8:0.0000}.")),
        };
        if (loss > noticeable)
            yield return FindingKind.LessOftenRight.Of("accuracy", text, Improve);
        if (figures.Chance is { } chance && fp32 < Math.Min(2 * chance, chance + (NearChance * (100 - chance))))
        {
            yield return FindingKind.NearChance.Of(
                "accuracy",
                Invariant($"The FP32 model itself is right on only {fp32:0.00} % of the samples, close to chance."),
                "Check the preparation flags and the order of the class folders or labels."
            );
        }
    }

    /// <summary>", which may be chance (p = 0.210)", where the samples do not tell.</summary>
    private static string OrChance(PairedAnswers? answers) =>
        ReportParts.CertaintyOf(answers) is { AgainstTruth: { } changes } && CertaintyText.MayBeChance(changes)
            ? $", which may be chance ({CertaintyText.Value(changes.PValue)})"
            : "";

    /// <summary>Where random numbers stood for data.</summary>
    /// <param name="areLearnt">Ranges were learnt from them.</param>
    /// <param name="isJudged">The figures are on them.</param>
    public static IEnumerable<Finding> OfRandom(int samples, bool areLearnt, bool isJudged)
    {
        string random = $"{FigureText.Count(samples, "sample")} of random numbers";
        const string Remedy = "Give typical inputs with --calib before the file is used.";
        if (areLearnt)
        {
            yield return FindingKind.RandomRanges.Of(
                "data",
                $"Ranges were learnt from {random}: they prove nothing, and do not fit what the model is fed with.",
                Remedy
            );
        }
        if (isJudged)
        {
            yield return FindingKind.RandomFigures.Of(
                "accuracy",
                $"The figures are on {random}: all but the speed and the size prove nothing.",
                Remedy
            );
        }
    }

    /// <param name="calibrationSamples">Null when nothing was calibrated.</param>
    public static IEnumerable<Finding> OfData(PreparationChoice? preparation, int? calibrationSamples)
    {
        if (preparation is { IsGuess: true })
        {
            yield return FindingKind.GuessedPreparation.Of(
                "preprocessing",
                $"The preparation of the pictures is a guess, so every accuracy figure here proves nothing. {preparation.Explanation}",
                $"Say the right one; this guess is {preparation.Flags}"
                    + string.Concat(preparation.OtherFlags.Select(flags => $", or {flags}"))
            );
        }
        else if (preparation is { Doubt: { } doubt })
        {
            yield return FindingKind.DoubtfulPreparation.Of(
                "preprocessing",
                $"How the model wants its pictures was found, but the {doubt} only narrowly. {preparation.Explanation}",
                $"Fix it with the right flags; this choice is {preparation.Flags}"
            );
        }

        if (calibrationSamples < FewSamples)
        {
            yield return FindingKind.FewSamples.Of(
                "data",
                $"Only {FigureText.Count(calibrationSamples.Value, "calibration sample")}: rare large activations may be missing.",
                "Give a hundred or more varied samples."
            );
        }
    }

    /// <summary>What was found only in trying; other reasons are those of each node.</summary>
    public static IEnumerable<Finding> OfPlacement(RunnablePlacement placement)
    {
        foreach (IGrouping<string, string> nodes in placement.Float.GroupBy(node => node.Value, node => node.Key))
        {
            string names = ListText.Quoted([.. nodes], MostNodes);
            yield return FindingKind.LeftInFloat.Of("placement", $"Left in float: {names}. Reason: {nodes.Key}.", "");
        }
    }
}
