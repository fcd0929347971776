using Quantizer.Graphs;

namespace Quantizer.Search;

/// <summary>
/// Probabilities of classes, judged by their logarithms. Where a network is sure, its probabilities hardly change whatever happens before
/// the Softmax: the few samples in doubt would hold the whole error, and chance decide between plans. Logarithms tell of every
/// sample, by the same values that the Softmax was fed with, but for a constant.
/// </summary>
internal static class LogProbabilities
{
    /// <summary>Where a float ends to hold 24 bits, all but: smaller ones count as this.</summary>
    private const float Least = 1e-37f;

    /// <summary>Whether a node is a Softmax over the classes of [N, classes].</summary>
    public static bool AreGivenBy(Node? node) => node is not null && node.Is("Softmax") && node.IntAttribute("axis", -1) is -1 or 1;

    /// <summary>Whether the values are one list of classes for each sample of a batch: of sequences and maps the positions in doubt are
    /// many, and the classes that are out of the question still more.</summary>
    public static bool Hold(IReadOnlyList<long> shape) => shape.Count == 2;

    /// <param name="values">Any number of lists.</param>
    /// <param name="classes">The length of each.</param>
    /// <returns>Logarithms without their mean over the classes.</returns>
    public static float[] Of(ReadOnlySpan<float> values, int classes)
    {
        float[] logarithms = new float[values.Length];
        for (int start = 0; start < values.Length; start += classes)
        {
            int end = Math.Min(start + classes, values.Length);
            double sum = 0;
            for (int i = start; i < end; i++)
            {
                // NaN stays what it is.
                logarithms[i] = MathF.Log(values[i] < Least ? Least : values[i]);
                sum += logarithms[i];
            }
            float mean = (float)(sum / (end - start));
            for (int i = start; i < end; i++)
                logarithms[i] -= mean;
        }
        return logarithms;
    }
}
