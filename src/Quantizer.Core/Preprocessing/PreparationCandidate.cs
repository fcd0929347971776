namespace Quantizer.Preprocessing;

/// <summary>A preparation that a model may want, by its preset's name ("custom" for values the user gave).</summary>
internal sealed record PreparationCandidate(string Preset, PicturePreparation Preparation)
{
    /// <summary>The name for values that are no preset's.</summary>
    public const string Custom = "custom";

    /// <summary>For messages: the preset, and the channel order of coloured models.</summary>
    public string Name =>
        Preparation.Channels == ChannelOrder.Gray ? Preset : $"{Preset} in {PictureWords.Of(Preparation.Channels).ToUpperInvariant()}";

    /// <summary>
    /// The largest difference between the values both give a byte of the same colour, as a share of the wider range of values.
    /// The channel order makes none.
    /// </summary>
    public double DistanceTo(PreparationCandidate other)
    {
        double largest = 0;
        for (int channel = 0; channel < Preparation.Mean.Count; channel++)
        {
            (float low, float high) = (Preparation.ValueOf(byte.MinValue, channel), Preparation.ValueOf(byte.MaxValue, channel));
            int same = Preparation.Channels == other.Preparation.Channels ? channel : Preparation.Mean.Count - 1 - channel;
            (float otherLow, float otherHigh) = (
                other.Preparation.ValueOf(byte.MinValue, same),
                other.Preparation.ValueOf(byte.MaxValue, same)
            );
            double range = Math.Max(Math.Abs(high - low), Math.Abs(otherHigh - otherLow));
            largest = Math.Max(largest, Math.Max(Math.Abs(low - otherLow), Math.Abs(high - otherHigh)) / range);
        }
        return largest;
    }
}
