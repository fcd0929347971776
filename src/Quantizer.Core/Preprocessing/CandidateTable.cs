using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>The preparations that are left to choose from once the input's shape and the user have been heard.</summary>
internal static class CandidateTable
{
    /// <summary>Above this a mean or std can only be meant for bytes: means of 0..1 values are below 1, and stds too.</summary>
    private const float LargestUnitMean = 2f;

    /// <returns>At least one; exactly one when nothing is open. The most customary first.</returns>
    /// <exception cref="QuantizationException">What the user asked for does not fit the input.</exception>
    public static IReadOnlyList<PreparationCandidate> For(PictureInput input, PictureOptions options)
    {
        PictureGeometry geometry = input.Geometry(options);
        ChannelOrder? asked = options.Channels;
        if (asked is { } order && (order == ChannelOrder.Gray) != (input.Channels == 1))
        {
            throw new QuantizationException(
                $"--channels {PictureWords.Of(order)}: input '{input.Name}' has {input.Channels} "
                    + $"channel{(input.Channels == 1 ? "" : "s")}. Expected {(input.Channels == 1 ? "gray" : "rgb or bgr")}."
            );
        }

        if (options.Preset is not null || options.SaysValues && !PictureElements.AreWhole(input.Type))
            return [.. Orders(input, asked, options.Preset).Select(channels => Given(input, options, options.Preset, geometry, channels))];
        // Whole numbers leave nothing to choose but the channel order.
        IEnumerable<PicturePreset> presets = PictureElements.AreWhole(input.Type)
            ? [PictureElements.BytesIn(input.Type)]
            : PicturePreset.All.Where(preset => input.Channels == 1 ? !preset.IsColoured : preset.Channels != ChannelOrder.Gray);
        return
        [
            .. from preset in presets
            from channels in Orders(input, asked, preset: null).OrderBy(channels => channels != preset.Channels)
            select Of(preset, input, geometry, channels),
        ];
    }

    private static IEnumerable<ChannelOrder> Orders(PictureInput input, ChannelOrder? asked, PicturePreset? preset)
    {
        if (input.Channels == 1)
            return [ChannelOrder.Gray];
        if (asked is { } order)
            return [order];
        if (preset is not null)
            return [preset.Channels == ChannelOrder.Gray ? ChannelOrder.Rgb : preset.Channels];
        return [ChannelOrder.Rgb, ChannelOrder.Bgr];
    }

    private static PreparationCandidate Of(PicturePreset preset, PictureInput input, PictureGeometry geometry, ChannelOrder channels) =>
        new(
            preset.Name,
            new PicturePreparation(geometry, preset.Scale, preset.MeanIn(channels), preset.StdIn(channels), channels, input.Layout)
            {
                HasBatchAxis = input.HasBatchAxis,
            }
        );

    private static PreparationCandidate Given(
        PictureInput input,
        PictureOptions options,
        PicturePreset? preset,
        PictureGeometry geometry,
        ChannelOrder channels
    )
    {
        if (preset is { IsColoured: true } && channels == ChannelOrder.Gray)
        {
            throw new QuantizationException(
                $"--preset {preset.Name} has values for three colours; input '{input.Name}' has one channel. Use --preset zero-one, raw, "
                    + $"minus-one-one or mnist, or --mean and --std."
            );
        }

        IReadOnlyList<float> mean = Checked(options.Mean, "--mean", input) ?? preset?.MeanIn(channels) ?? Same(0f, input);
        IReadOnlyList<float> std = Checked(options.Std, "--std", input) ?? preset?.StdIn(channels) ?? Same(1f, input);
        if (std.Any(value => value == 0f))
            throw new QuantizationException("--std: zero cannot divide. Expected the standard deviation per channel.");
        float scale =
            options.Scale
            ?? preset?.Scale
            ?? (mean.Concat(std).Any(value => Math.Abs(value) > LargestUnitMean) ? 1f : PicturePreparation.UnitScale);
        if (!float.IsFinite(scale) || scale == 0f)
            throw new QuantizationException($"--scale {scale}: expected a number other than zero, such as 0.00392157 for 1/255.");
        bool isPreset = options.Mean is null && options.Std is null && options.Scale is null;
        return new PreparationCandidate(
            isPreset && preset is not null ? preset.Name : PreparationCandidate.Custom,
            new PicturePreparation(geometry, scale, mean, std, channels, input.Layout) { HasBatchAxis = input.HasBatchAxis }
        );
    }

    private static IReadOnlyList<float> Same(float value, PictureInput input) => [.. Enumerable.Repeat(value, input.Channels)];

    private static IReadOnlyList<float>? Checked(IReadOnlyList<float>? values, string option, PictureInput input)
    {
        if (values is null)
            return null;
        if (values.Any(value => !float.IsFinite(value)))
            throw new QuantizationException($"{option}: found a value that is not finite.");
        if (values.Count == input.Channels)
            return values;
        return values.Count == 1
            ? Same(values[0], input)
            : throw new QuantizationException(
                $"{option} has {values.Count} values; input '{input.Name}' has {input.Channels} "
                    + $"channel{(input.Channels == 1 ? "" : "s")}. Give one value, or one per channel in the model's order."
            );
    }
}
