using Quantizer.Choices;

namespace Quantizer.Equalization;

/// <summary>The words for <see cref="ChannelScaling"/>.</summary>
internal static class ChannelScalingWords
{
    public static WordTable<ChannelScaling> Modes { get; } =
        new(
            "way of scaling channels",
            (ChannelScaling.Automatic, "auto", "moves scales between layers where --method auto finds less error at the outputs by it"),
            (ChannelScaling.On, "on", "with any method"),
            (ChannelScaling.Off, "off", "never")
        );
}
