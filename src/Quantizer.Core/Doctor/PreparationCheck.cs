using System.Globalization;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;

namespace Quantizer.Doctor;

/// <summary>
/// Whether pictures that came prepared (as arrays, or by the user's flags) fit what the model's first BatchNormalization remembers from
/// training, or would fit far better with one mistake undone. Costs the model up to that node, for some samples.
/// </summary>
internal static class PreparationCheck
{
    /// <summary>Suffice for the scale, which shows by far; and are needed to say anything.</summary>
    private const int FewSamples = 8;

    /// <summary>For the order of the channels.</summary>
    private const int ManySamples = 32;

    /// <summary>Above this the values do not fit; the right preparation measured 0.004 to 0.33 on eleven models.</summary>
    private const double LargestFit = 0.5;

    /// <summary>Wrong scales measured 7 to 1000 times the right one's distance.</summary>
    private const double WrongScaleRatio = 4;

    /// <summary>The right order of channels was nearer by 1.2 to 3 where it could be told; by less it is decided by the pictures.</summary>
    private const double WrongOrderRatio = 1.5;

    /// <summary>Smaller differences are sampling error whatever their ratio.</summary>
    private const double LeastDifference = 0.01;

    /// <summary>Whether the samples are enough pictures of three colours.</summary>
    /// <param name="input">The model's only input.</param>
    /// <param name="samples">As the model gets them.</param>
    public static bool Serves(TensorSignature input, IReadOnlyList<Sample> samples) =>
        samples.Count >= FewSamples && LayoutOf(samples[0].Inputs[input.Name]) is not null;

    /// <param name="probe">Of the model as the file holds it.</param>
    /// <param name="input">The model's only input.</param>
    /// <param name="samples">As the model gets them.</param>
    public static IEnumerable<Finding> Of(BatchNormalizationProbe probe, TensorSignature input, IReadOnlyList<Sample> samples)
    {
        TensorValue[] values = [.. samples.Take(ManySamples).Select(sample => sample.Inputs[input.Name])];
        if (values.Length < FewSamples || LayoutOf(values[0]) is not { } layout)
            yield break;
        TensorValue[] few = values[..FewSamples];
        double found = DistanceOf(few, probe).Median;
        (PreparedValues Mistake, double Median) best = PreparedValues
            .Scales.Where(mistake => mistake.MayBeIn(few))
            .Select(mistake => (Mistake: mistake, DistanceOf([.. few.Select(value => mistake.Undone(value, layout))], probe).Median))
            .DefaultIfEmpty((Mistake: PreparedValues.Swapped, Median: double.PositiveInfinity))
            .MinBy(measured => measured.Median);
        if (best.Median <= LargestFit && found > best.Median * WrongScaleRatio + LeastDifference)
        {
            yield return Suspicion(input, best.Mistake, Distances(found, best.Median));
            yield break;
        }

        double mean = DistanceOf(values, probe).Mean;
        (double Median, double Mean) swapped = DistanceOf([.. values.Select(value => PreparedValues.Swapped.Undone(value, layout))], probe);
        if (swapped.Median <= LargestFit && mean > swapped.Mean * WrongOrderRatio + LeastDifference)
            yield return Suspicion(input, PreparedValues.Swapped, Distances(mean, swapped.Mean));
    }

    private static (double Median, double Mean) DistanceOf(IReadOnlyList<TensorValue> values, BatchNormalizationProbe probe)
    {
        ChannelMoments moments = new(probe.Mean.Count);
        foreach (TensorValue value in values)
            moments.Add(probe.Run(value));
        return NormalDistance.Over(moments, probe.Mean, probe.Variance);
    }

    /// <summary>Null for what holds no coloured pictures.</summary>
    public static TensorLayout? LayoutOf(TensorValue value) =>
        value.Type != ElementType.Float ? null
        : value.Shape is [1, 3, > 1, > 1] ? TensorLayout.Nchw
        : value.Shape is [1, > 1, > 1, 3] ? TensorLayout.Nhwc
        : null;

    /// <param name="evidence">What was measured as the values are and with the mistake undone.</param>
    public static Finding Suspicion(TensorSignature input, PreparedValues mistake, string evidence) =>
        FindingKind.MistakenPreparation.Of(
            "calibration data",
            $"The values of input '{input.Name}' seem to be {mistake.Fault} ({evidence}).",
            mistake.Remedy
        );

    private static string Distances(double found, double undone) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"distance from the statistics of the first BatchNormalization {found:G3}, else {undone:G3}"
        );
}
