using System.Globalization;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;

namespace Quantizer.Doctor;

/// <summary>
/// Whether a classifier would be right clearly more often on pictures that came prepared and labelled, were one mistake undone. For models
/// without a BatchNormalization that remembers its training; costs the model some runs for each mistake.
/// </summary>
internal static class AccuracyCheck
{
    /// <summary>Mistakes that make nothing better on these are not looked at again.</summary>
    private const int FewSamples = 16;

    private const int ManySamples = 64;

    /// <param name="input">The model's only input.</param>
    /// <param name="samples">As the model gets them.</param>
    /// <param name="run">From a value of the input to the model's first output.</param>
    public static IEnumerable<Finding> Of(TensorSignature input, IReadOnlyList<Sample> samples, Func<TensorValue, TensorValue> run)
    {
        Sample[] labelled = [.. samples.Where(sample => sample.Label is not null).Take(ManySamples)];
        if (labelled.Length < FewSamples || PreparationCheck.LayoutOf(labelled[0].Inputs[input.Name]) is not { } layout)
            yield break;
        double[] Hits(IReadOnlyList<Sample> on, PreparedValues? mistake) =>
            [
                .. on.Select(sample =>
                {
                    TensorValue value = sample.Inputs[input.Name];
                    return IsRight(run(mistake?.Undone(value, layout) ?? value), sample.Label!.Value) ? 1.0 : 0.0;
                }),
            ];
        Sample[] few = labelled[..FewSamples];
        double fewRight = Hits(few, null).Sum();
        PreparedValues[] suspects =
        [
            .. PreparedValues
                .Scales.Append(PreparedValues.Swapped)
                .Where(mistake => mistake.MayBeIn(few.Select(sample => sample.Inputs[input.Name])))
                .Where(mistake => Hits(few, mistake).Sum() > fewRight),
        ];
        if (suspects.Length == 0)
            yield break;
        double[] found = Hits(labelled, null);
        (PreparedValues Mistake, double[] Hits) best = suspects
            .Select(mistake => (mistake, Hits(labelled, mistake)))
            .MaxBy(measured => measured.Item2.Sum());
        if (SignTest.IsEvidence(best.Hits, found))
        {
            yield return PreparationCheck.Suspicion(
                input,
                best.Mistake,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{found.Average():0.0 %} of {labelled.Length} labelled samples are right, else {best.Hits.Average():0.0 %}"
                )
            );
        }
    }

    private static bool IsRight(TensorValue output, int label) =>
        ClassProbabilities.Probabilities(output) is { } answer && label < answer.Length && Array.IndexOf(answer, answer.Max()) == label;
}
