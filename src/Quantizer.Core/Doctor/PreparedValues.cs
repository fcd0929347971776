using Quantizer.Graphs;
using Quantizer.Preprocessing;

namespace Quantizer.Doctor;

/// <summary>
/// A mistake that prepared pictures may hold: how to undo it, and how to say it. All there are stand here, in the order in which they are
/// suspected.
/// </summary>
/// <param name="Fault">What the data are, if undoing it makes them fit.</param>
/// <param name="Remedy">What to do.</param>
/// <param name="Undo">From the values as they came, by channel, [3][pixels], to those that the model may want.</param>
internal sealed record PreparedValues(string Fault, string Remedy, Func<float[][], float[][]> Undo)
{
    private const float Largest = byte.MaxValue;

    /// <summary>Where bytes lie once ImageNet's mean and deviation are taken from them.</summary>
    private const float LeastNormalized = -2.2f,
        MostNormalized = 2.7f;

    /// <summary>Resizing shoots a little beyond the ends.</summary>
    private const float Slack = 0.05f;

    /// <summary>Where values with this mistake lie; null: anywhere.</summary>
    private (float Low, float High)? Range { get; init; }

    public static IReadOnlyList<PreparedValues> Scales { get; } =
    [
        Each((0, 1), "255 times too small: the model wants bytes 0..255", "Give the values times 255.", (value, _) => value * Largest),
        Each((0, Largest), "255 times too large: the model wants 0..1", "Give the values divided by 255.", (value, _) => value / Largest),
        Each((0, 1), "in 0..1, and the model wants -1..1", "Give 2 x - 1 of the values.", (value, _) => (2 * value) - 1),
        Each((-1, 1), "in -1..1, and the model wants 0..1", "Give (x + 1) / 2 of the values.", (value, _) => (value + 1) / 2),
        Each(
            (0, 1),
            "in 0..1, and the model wants them less ImageNet's mean, by its deviation",
            "Subtract 0.485, 0.456, 0.406 and divide by 0.229, 0.224, 0.225.",
            (value, channel) => (value - ImageNetMean[channel]) / ImageNetStd[channel]
        ),
        Each(
            (0, Largest),
            "in 0..255, and the model wants 0..1 less ImageNet's mean, by its deviation",
            "Divide by 255, subtract 0.485, 0.456, 0.406 and divide by 0.229, 0.224, 0.225.",
            (value, channel) => ((value / Largest) - ImageNetMean[channel]) / ImageNetStd[channel]
        ),
        Each(
            (LeastNormalized, MostNormalized),
            "normalized by ImageNet's mean and deviation, and the model wants 0..1",
            "Leave out the mean and the deviation.",
            (value, channel) => (value * ImageNetStd[channel]) + ImageNetMean[channel]
        ),
        Each(
            (LeastNormalized, MostNormalized),
            "normalized by ImageNet's mean and deviation, and the model wants bytes 0..255",
            "Give the bytes as they are.",
            (value, channel) => ((value * ImageNetStd[channel]) + ImageNetMean[channel]) * Largest
        ),
    ];

    /// <summary>The order of the channels; it shows less than the scale does.</summary>
    public static PreparedValues Swapped { get; } =
        new(
            "in the other order of channels than the model wants (blue and red exchanged)",
            "Exchange the first and the last channel (--channels for pictures).",
            channels => [channels[2], channels[1], channels[0]]
        );

    private static IReadOnlyList<float> ImageNetMean => PicturePreset.ImageNet.Mean;

    private static IReadOnlyList<float> ImageNetStd => PicturePreset.ImageNet.Std;

    /// <summary>The tensor with the mistake undone.</summary>
    /// <param name="value">[1, 3, rows, columns] or [1, rows, columns, 3], of floats.</param>
    public TensorValue Undone(TensorValue value, TensorLayout layout)
    {
        ReadOnlySpan<float> values = value.Floats;
        int pixels = values.Length / 3;
        (int channelStep, int pixelStep) = layout == TensorLayout.Nchw ? (pixels, 1) : (1, 3);
        float[][] channels = [new float[pixels], new float[pixels], new float[pixels]];
        for (int channel = 0; channel < 3; channel++)
        {
            for (int i = 0; i < pixels; i++)
                channels[channel][i] = values[(channel * channelStep) + (i * pixelStep)];
        }

        float[][] undone = Undo(channels);
        float[] result = new float[values.Length];
        for (int channel = 0; channel < 3; channel++)
        {
            for (int i = 0; i < pixels; i++)
                result[(channel * channelStep) + (i * pixelStep)] = undone[channel][i];
        }
        return TensorValue.FromFloats(value.Shape, result);
    }

    /// <summary>Whether the values lie where the mistake would put them: what holds numbers below zero is not in 0..1.</summary>
    public bool MayBeIn(IEnumerable<TensorValue> values)
    {
        if (Range is not var (low, high))
            return true;
        float slack = Slack * (high - low);
        foreach (TensorValue value in values)
        {
            foreach (float one in value.Floats)
            {
                if (one < low - slack || one > high + slack)
                    return false;
            }
        }
        return true;
    }

    private static PreparedValues Each((float, float) range, string fault, string remedy, Func<float, int, float> undo) =>
        new(fault, remedy, channels => [.. channels.Select((values, channel) => Array.ConvertAll(values, value => undo(value, channel)))])
        {
            Range = range,
        };
}
