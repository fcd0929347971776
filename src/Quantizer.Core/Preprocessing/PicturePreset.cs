namespace Quantizer.Preprocessing;

/// <summary>A customary preparation of values, by its name on the command line.</summary>
/// <param name="Mean">One value for all channels, or those of R, G and B, in units after scaling.</param>
/// <param name="Channels">The order that goes with it when none is asked for, in models of three channels.</param>
public sealed record PicturePreset(string Name, float Scale, IReadOnlyList<float> Mean, IReadOnlyList<float> Std, ChannelOrder Channels)
{
    /// <summary>It has values of its own for R, G and B, and so no meaning for one channel.</summary>
    public bool IsColoured => Mean.Count > 1 || Std.Count > 1;

    /// <summary>Mean per channel in the given order: a channel's mean moves with its colour.</summary>
    public IReadOnlyList<float> MeanIn(ChannelOrder channels) => Ordered(Mean, channels);

    /// <summary>Std per channel in the given order.</summary>
    public IReadOnlyList<float> StdIn(ChannelOrder channels) => Ordered(Std, channels);

    private static IReadOnlyList<float> Ordered(IReadOnlyList<float> values, ChannelOrder channels)
    {
        if (channels == ChannelOrder.Gray) return [values[0]];
        if (values.Count == 1) return [values[0], values[0], values[0]];
        return channels == ChannelOrder.Bgr ? [values[2], values[1], values[0]] : values;
    }
}
