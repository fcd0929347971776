using System.Globalization;
using Quantizer.Pictures;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Writes the command line that fixes a preparation, so that a run can be repeated without finding it out again.</summary>
internal static class PreparationFlags
{
    public static string For(PreparationCandidate candidate)
    {
        PicturePreparation preparation = candidate.Preparation;
        List<string> flags =
            candidate.Preset == PreparationCandidate.Custom
                ? [$"--scale {Number(preparation.Scale)}", $"--mean {List(preparation.Mean)}", $"--std {List(preparation.Std)}"]
                : [$"--preset {candidate.Preset}"];
        if (preparation.Channels != ChannelOrder.Gray)
            flags.Add($"--channels {PictureWords.Of(preparation.Channels)}");
        PictureGeometry geometry = preparation.Geometry;
        if (geometry.Resize != ResizeConvention.Stretch)
            flags.Add($"--resize {PictureWords.Of(geometry.Resize)}");
        if (geometry.Interpolation != Interpolation.PillowBilinear)
            flags.Add($"--interpolation {PictureWords.Of(geometry.Interpolation)}");
        return string.Join(' ', flags);
    }

    private static string List(IReadOnlyList<float> values) => string.Join(',', values.Select(Number));

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);
}
