namespace Quantizer.Preprocessing;

/// <summary>A preparation that a model may want, by its preset's name ("custom" for values the user gave).</summary>
public sealed record PreparationCandidate(string Preset, PicturePreparation Preparation)
{
    /// <summary>The name for values that are no preset's.</summary>
    public const string Custom = "custom";

    /// <summary>For messages: the preset, and the channel order of coloured models.</summary>
    public string Name => Preparation.Channels == ChannelOrder.Gray ? Preset : $"{Preset} in {PictureWords.Of(Preparation.Channels).ToUpperInvariant()}";

    /// <summary>The largest difference between the values both give a byte, as a share of the range of this one's values.</summary>
    public double DistanceTo(PreparationCandidate other)
    {
        double largest = 0;
        for (int channel = 0; channel < Preparation.Mean.Count; channel++)
        {
            (float low, float high) = (Preparation.ValueOf(byte.MinValue, channel), Preparation.ValueOf(byte.MaxValue, channel));
            double difference = Math.Max(
                Math.Abs(low - other.Preparation.ValueOf(byte.MinValue, channel)),
                Math.Abs(high - other.Preparation.ValueOf(byte.MaxValue, channel)));
            largest = Math.Max(largest, difference / Math.Abs(high - low));
        }
        return largest;
    }
}
