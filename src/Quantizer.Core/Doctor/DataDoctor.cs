using Quantizer.Calibration.Statistics;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Samples.Records;
using static System.FormattableString;

namespace Quantizer.Doctor;

/// <summary>
/// What is wrong with calibration data, as far as the samples and the ranges show it, with remedies. It speaks only where something is
/// plainly wrong: a false alarm is worse than silence.
/// </summary>
internal static class DataDoctor
{
    private const string Subject = "calibration data";

    /// <summary>A few twins are in most collections.</summary>
    private const double MostDuplicates = 0.1;

    /// <summary>A black picture or a moment of silence, too.</summary>
    private const double MostConstant = 0.1;

    /// <summary>A single turned photo changes no range that matters.</summary>
    private const double MostTurned = 0.1;

    /// <summary>Of an input's samples: flat ones do not show how their colours lie.</summary>
    private const double LeastInterleaved = 0.9;

    /// <summary>Fewer samples than this are named as few already.</summary>
    private const int FewestSamples = 16;

    /// <summary>Of all positions: less padding changes no range that matters.</summary>
    private const double LeastPadding = 0.1;

    /// <summary>Of the samples: ends that only some of them have are no padding.</summary>
    private const double LeastPadded = 0.5;

    /// <summary>A range that is this much narrower after half of the samples is expected to grow by nearly as much with twice as many.
    /// With 24 to 512 samples the median over the tensors was at most 0.07 in 22 networks, and up to 0.14 in a MobileNetV3.</summary>
    private const double LeastGrowth = 0.15;

    /// <summary>Of the tensors: single ones are decided by single samples in every network.</summary>
    private const double LeastUnsettled = 0.5;

    /// <summary>Of the files of pictures.</summary>
    /// <param name="askingForTurn">Those whose EXIF data ask for a turn.</param>
    public static IEnumerable<Finding> OfPictures(IReadOnlyList<string> askingForTurn, int samples)
    {
        if (askingForTurn.Count > MostTurned * samples)
        {
            yield return FindingKind.TurnedPictures.Of(
                Subject,
                $"{askingForTurn.Count} of {samples} pictures ask by their EXIF data to be turned ('{askingForTurn[0]}'), which is not done.",
                "If the network is to see them upright, save them turned (jpegtran, ImageMagick's -auto-orient), for calibration and evaluation."
            );
        }
    }

    /// <summary>Of the samples themselves.</summary>
    /// <param name="survey">What was seen of them.</param>
    /// <param name="inputs">The model's.</param>
    /// <param name="masks">Those that are its masks; null: none is known to be.</param>
    public static IEnumerable<Finding> Before(
        SampleSurvey survey,
        IReadOnlyList<TensorSignature> inputs,
        IReadOnlyList<string>? masks = null
    )
    {
        if (survey.Samples < 2)
            yield break;
        int duplicates = survey.Samples - survey.Distinct;
        if (duplicates > MostDuplicates * survey.Samples)
        {
            yield return FindingKind.IdenticalSamples.Of(
                Subject,
                $"{duplicates} of {survey.Samples} calibration samples are identical to others: they add nothing.",
                "Give different samples."
            );
        }

        if (survey.Constant > MostConstant * survey.Samples)
        {
            yield return FindingKind.ConstantSamples.Of(
                Subject,
                $"{survey.Constant} of {survey.Samples} calibration samples hold one value only (black pictures, silence).",
                "Leave such samples out, and check how the data are read."
            );
        }

        foreach (TensorSignature input in inputs)
        {
            if (survey.Inputs.GetValueOrDefault(input.Name) is not { } seen)
                continue;
            if (seen.Interleaved > seen.Samples * LeastInterleaved)
            {
                yield return FindingKind.InterleavedColours.Of(
                    Subject,
                    $"Input '{input.Name}' takes colours one after the other [3, rows, columns], but the rows of its data hold them in turn, "
                        + $"as [rows, columns, 3] does.",
                    "Transpose the data (0, 3, 1, 2); reshaping does not move values."
                );
            }
        }

        // Of several inputs that end on one value the one with the least of it: others are masks or types, and end on zeros anyway.
        if (inputs.Select(input => PaddingOf(input, survey)).OfType<Padding>().MinBy(padding => padding.Share) is { } padding)
            yield return padding.ToFinding(survey.Samples, RemedyOf(masks ?? [], padding.Input, inputs, survey));
    }

    /// <summary>Of the ranges that the samples led to.</summary>
    /// <param name="settling">By tensor name.</param>
    /// <param name="samples">How many there were.</param>
    public static IEnumerable<Finding> After(IReadOnlyDictionary<string, RangeSettling> settling, int samples)
    {
        double[] growth = [.. settling.Values.Select(tensor => 1 - tensor.WidthAfter(0.5)).OfType<double>().Order()];
        int unsettled = growth.Count(share => share > LeastGrowth);
        if (samples < FewestSamples || unsettled <= LeastUnsettled * growth.Length)
            yield break;
        double quarter = Median([.. settling.Values.Select(tensor => tensor.WidthAfter(0.25)).OfType<double>().Order()]),
            half = 1 - Median(growth);
        yield return FindingKind.UnsettledRanges.Of(
            Subject,
            Invariant(
                $"The ranges have not settled: of {growth.Length} tensors {unsettled} still grow by more than {LeastGrowth:0 %} when the samples are doubled (half of the tensors had {quarter:0 %} of their range after a quarter of the {samples} samples, {half:0 %} after half)."
            ),
            "Give at least twice as many samples, or more varied ones."
        );
    }

    /// <summary>Whether a mask switches positions of that input, and not of another sequence.</summary>
    private static bool IsOf(TensorSignature input, TensorSignature mask, IReadOnlyList<TensorSignature> inputs) =>
        SequenceMask.IsSequenceOf(input, mask, inputs)
        || (
            SequenceSides.AreOne(input, mask, inputs)
            && input.Shape is [_, var length, ..]
            && mask.Shape is [_, var positions]
            && InputConventions.IsSame(length, positions)
        );

    /// <summary>Whether samples end on ones and zeros alone, and not on numbers that are added to scores.</summary>
    private static bool HoldsTruths(string input, SampleSurvey survey) =>
        survey.Inputs.GetValueOrDefault(input)?.Tails.Keys.All(last => last is 0 or 1) == true;

    /// <param name="used">The masks in use.</param>
    /// <param name="padded">The input that holds padding.</param>
    private static string RemedyOf(
        IReadOnlyList<string> used,
        TensorSignature padded,
        IReadOnlyList<TensorSignature> inputs,
        SampleSurvey survey
    )
    {
        TensorSignature[] masks =
        [
            .. inputs.Where(input =>
                (used.Contains(input.Name) || InputConventions.IsMask(input))
                && HoldsTruths(input.Name, survey)
                && IsOf(padded, input, inputs)
            ),
        ];
        if (Array.Find(masks, mask => used.Contains(mask.Name)) is { Name: var own })
            return $"Give samples of one length, or '{own}' with 1 for what counts and 0 for padding.";
        return masks is [{ Name: var other }, ..]
            ? $"Where '{other}' holds 1 for what counts and 0 for padding, use it with --mask {other}; else give samples of one length."
            : "Give samples of one length.";
    }

    /// <summary>
    /// Only where the model takes any length, so that nobody had to pad; where a mask is in use the padding is switched off.
    /// </summary>
    private static Padding? PaddingOf(TensorSignature input, SampleSurvey survey)
    {
        if (
            InputConventions.IsMask(input)
            || input.Shape is not { Count: >= 2 } shape
            || shape[1].Size is not null
            || survey.Inputs.GetValueOrDefault(input.Name) is not { Masked: 0, Positions: > 0, Tails.Count: > 0 } seen
        )
        {
            return null;
        }

        (double value, TailSurvey tail) = seen.Tails.MaxBy(entry => entry.Value.Positions);
        // One position at the end is the last value itself.
        double share = (double)(tail.Positions - tail.Samples) / seen.Positions;
        return tail.Samples < LeastPadded * seen.Samples || share < LeastPadding ? null : new Padding(input, value, tail.Samples, share);
    }

    private static double Median(double[] ordered) => ordered[ordered.Length / 2];

    private sealed record Padding(TensorSignature Input, double Value, int Samples, double Share)
    {
        public Finding ToFinding(int samples, string remedy) =>
            FindingKind.Padding.Of(
                Subject,
                Invariant(
                    $"Input '{Input.Name}': {Share:0 %} of its positions are padding, {Value:G6} at the ends of {Samples} of {samples} samples. The ranges count them like all others."
                ),
                remedy
            );
    }
}
