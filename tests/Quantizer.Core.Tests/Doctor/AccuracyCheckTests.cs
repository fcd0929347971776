using Quantizer.Doctor;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Doctor;

public sealed class AccuracyCheckTests
{
    private static readonly TensorSignature Input = new("x", ElementType.Float, null);

    [Fact]
    public void Channels_in_the_other_order_are_told_by_accuracy()
    {
        Finding finding = Assert.Single(AccuracyCheck.Of(Input, Pictures(40, swapped: true), Brightest));

        Assert.StartsWith("The values of input 'x' seem to be in the other order of channels", finding.Message, StringComparison.Ordinal);
        Assert.Contains("(0.0 % of 40 labelled samples are right, else 100.0 %)", finding.Message);
    }

    [Fact]
    public void A_scale_is_told_by_accuracy()
    {
        // Sees colours from 100 upwards only; bytes were divided by 255.
        Finding finding = Assert.Single(AccuracyCheck.Of(Input, Pictures(40, swapped: false), value => Brightest(value, least: 100)));

        Assert.Contains("255 times too small: the model wants bytes 0..255 (0.0 % of 40", finding.Message);
    }

    [Theory]
    [InlineData(40, false)]
    // Too few to tell.
    [InlineData(15, true)]
    public void What_is_right_or_cannot_be_told_is_not_talked_about(int pictures, bool swapped) =>
        Assert.Empty(AccuracyCheck.Of(Input, Pictures(pictures, swapped), Brightest));

    [Fact]
    public void Without_labels_nothing_is_run() =>
        Assert.Empty(
            AccuracyCheck.Of(
                Input,
                [.. Pictures(40, swapped: true).Select(sample => sample with { Label = null })],
                _ => throw new InvalidOperationException()
            )
        );

    private static TensorValue Brightest(TensorValue value) => Brightest(value, least: 0);

    /// <summary>Class 0 for red, 1 for blue, 2 for what is too dark.</summary>
    private static TensorValue Brightest(TensorValue value, float least)
    {
        (float red, float blue) = (value.Floats[0], value.Floats[8]);
        return TensorValue.FromFloats([1, 3], Math.Max(red, blue) < least ? [0, 0, 1] : [red, blue, 0]);
    }

    /// <summary>Red and blue ones in turn, in 0..1.</summary>
    private static Sample[] Pictures(int count, bool swapped) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    float[] pixels = new float[12];
                    Array.Fill(pixels, 0.9f, (i % 2 == 0) == swapped ? 8 : 0, 4);
                    return new Sample($"{i}", new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 3, 2, 2], pixels) })
                    {
                        Label = i % 2,
                    };
                }),
        ];
}
