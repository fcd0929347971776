using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Samples;

namespace Quantizer.Details;

/// <summary>An array that holds a picture as one: [1, 3 or 1, height, width] or with the channels last, the smallest value black and the
/// largest white; of bytes as they are.</summary>
internal static class SamplePicture
{
    /// <summary>Smaller arrays are no pictures.</summary>
    private const int SmallestSide = 8;

    /// <returns>Null where no input looks like one.</returns>
    public static Pixels? Of(Sample sample) => sample.Inputs.Values.Select(Of).FirstOrDefault(picture => picture is not null);

    private static Pixels? Of(TensorValue value) =>
        !OutputValues.Supports(value.Type)
            ? null
            : value.Shape switch
            {
                [1, 1 or 3, >= SmallestSide and var height, >= SmallestSide and var width] => Of(
                    value,
                    (int)width,
                    (int)height,
                    (int)value.Shape[1],
                    isChannelsLast: false
                ),
                [1, >= SmallestSide and var height, >= SmallestSide and var width, 1 or 3] => Of(
                    value,
                    (int)width,
                    (int)height,
                    (int)value.Shape[3],
                    isChannelsLast: true
                ),
                _ => null,
            };

    private static Pixels Of(TensorValue value, int width, int height, int channels, bool isChannelsLast)
    {
        float[] values = OutputValues.Floats(value);
        (float low, float high) = value.Type == ElementType.UInt8 ? (byte.MinValue, byte.MaxValue) : (values.Min(), values.Max());
        float step = high > low ? (high - low) / byte.MaxValue : 1;
        byte[] data = new byte[width * height * channels];
        for (int i = 0; i < data.Length; i++)
        {
            int at = isChannelsLast ? i : (i % channels * width * height) + (i / channels);
            float shade = (values[at] - low) / step;
            data[i] = float.IsNaN(shade) ? (byte)0 : (byte)Math.Clamp(MathF.Round(shade, MidpointRounding.ToEven), 0, byte.MaxValue);
        }
        return new Pixels(width, height, channels, data);
    }
}
