using Quantizer.Doctor;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Doctor;

/// <summary>Reddish pictures of 0..1 or 0..255, and a BatchNormalization on the input that was trained on some of them.</summary>
public class PreparationCheckTests
{
    private const int Side = 8,
        Pixels = Side * Side;

    private static readonly TensorSignature Input = new("x", ElementType.Float, [1, 3, Side, Side]);

    [Theory]
    [InlineData(1f / 255, 1f / 255, null)]
    [InlineData(1f, 1f, null)]
    [InlineData(1f / 255, 1f, "255 times too small")]
    [InlineData(1f, 1f / 255, "255 times too large")]
    public void A_scale_that_does_not_fit_is_told(float given, float trained, string? fault)
    {
        Finding[] findings = [.. PreparationCheck.Of(Probe(trained), Input, Samples(given))];

        if (fault is null)
            Assert.Empty(findings);
        else
            Assert.Contains($"The values of input 'x' seem to be {fault}", Assert.Single(findings).Message);
    }

    /// <summary>Whatever a network remembers that is not trained yet.</summary>
    [Fact]
    public void Values_are_not_said_to_lie_where_they_do_not()
    {
        static TensorValue Picture(params float[] values) => TensorValue.FromFloats([1, 3, 1, values.Length / 3], values);
        string[] Suspects(TensorValue value) =>
            [.. PreparedValues.Scales.Where(mistake => mistake.MayBeIn([value])).Select(mistake => mistake.Fault)];

        string[] below = Suspects(Picture(-1, 0.5f, 0.2f, 0.9f, -0.3f, 0));
        Assert.DoesNotContain(below, fault => fault.StartsWith("in 0..1", StringComparison.Ordinal));
        Assert.Contains(below, fault => fault.StartsWith("in -1..1", StringComparison.Ordinal));
        Assert.All(
            Suspects(Picture(0, 255, 3, 80, 9, 7)),
            fault =>
                Assert.True(
                    fault.StartsWith("in 0..255", StringComparison.Ordinal)
                        || fault.StartsWith("255 times too large", StringComparison.Ordinal)
                )
        );
        Assert.Empty(Suspects(Picture(-300, 900, 0, 0, 0, 0)));
    }

    [Fact]
    public void Blue_in_the_place_of_red_is_told()
    {
        Finding finding = Assert.Single(PreparationCheck.Of(Probe(1), Input, Samples(1, swapped: true)));

        Assert.Contains("in the other order of channels", finding.Message);
        Assert.Contains("--channels", finding.Remedy);
    }

    [Fact]
    public void What_nothing_explains_and_few_samples_are_not_told()
    {
        BatchNormalizationProbe foreign = new("bn", [1e6f, 1e6f, 1e6f], [1e-3f, 1e-3f, 1e-3f], value => value);

        Assert.Empty(PreparationCheck.Of(foreign, Input, Samples(1)));
        Assert.Empty(PreparationCheck.Of(Probe(1), Input, Samples(1f / 255).Take(7).ToArray()));
        Assert.False(PreparationCheck.Serves(Input, [.. Samples(1).Take(7)]));
        Assert.True(PreparationCheck.Serves(Input, Samples(1)));
    }

    private static BatchNormalizationProbe Probe(float scale)
    {
        ChannelMoments moments = new(3);
        foreach (Sample sample in Samples(scale))
            moments.Add(sample.Inputs["x"]);
        return new BatchNormalizationProbe(
            "bn",
            [.. Enumerable.Range(0, 3).Select(channel => (float)moments.MeanOf(channel))],
            [.. Enumerable.Range(0, 3).Select(channel => (float)moments.VarianceOf(channel))],
            value => value
        );
    }

    private static Sample[] Samples(float scale, bool swapped = false)
    {
        Random random = new(4);
        Sample[] samples = new Sample[40];
        for (int i = 0; i < samples.Length; i++)
        {
            float[] values = new float[3 * Pixels];
            for (int channel = 0; channel < 3; channel++)
            {
                int target = swapped ? 2 - channel : channel;
                for (int pixel = 0; pixel < Pixels; pixel++)
                    values[(target * Pixels) + pixel] = scale * random.Next(160 - (60 * channel), 250 - (60 * channel));
            }
            samples[i] = new Sample(
                $"{i}",
                new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 3, Side, Side], values) }
            );
        }
        return samples;
    }
}
