using System.Globalization;
using Quantizer.Pictures;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>How pictures were prepared, as the options that fix it.</summary>
internal static class PreparationOptions
{
    /// <param name="asked">What was said of it.</param>
    /// <param name="found">What it came to; null: there were no pictures.</param>
    public static IEnumerable<KeyValuePair<string, string>> Of(PictureOptions asked, PreparationChoice? found)
    {
        if (found is null)
            return [];
        PictureGeometry geometry = found.Preparation.Geometry;
        // The file beside the model is read again, and says what no option can.
        bool isOfFile = found.ChosenBy == ChoiceGround.PreprocessorConfig || geometry.CropRatio != PictureGeometry.UsualCropRatio;
        // The size that was found is no matter of the file.
        (int, int)? size = found.IsSizeFound && geometry.Own is null ? (geometry.Width, geometry.Height) : asked.Size;
        return isOfFile ? Asked(asked with { Size = size }) : Found(found);
    }

    private static IEnumerable<KeyValuePair<string, string>> Found(PreparationChoice found)
    {
        PicturePreparation preparation = found.Preparation;
        PictureGeometry geometry = preparation.Geometry;
        if (found.Preset != PreparationCandidate.Custom)
        {
            yield return new("preset", found.Preset);
        }
        else
        {
            yield return new("scale", Number(preparation.Scale));
            yield return new("mean", List(preparation.Mean));
            yield return new("std", List(preparation.Std));
        }
        yield return new("channels", PictureWords.Of(preparation.Channels));
        yield return new("resize", PictureWords.Of(geometry.Resize));
        yield return new("interpolation", PictureWords.Of(geometry.Interpolation));
        yield return new("layout", PictureWords.Of(preparation.Layout));
        // A side that is each picture's own is so because nothing is said of it.
        if (geometry.Own is null)
            yield return new("size", geometry.SizeText);
    }

    private static IEnumerable<KeyValuePair<string, string>> Asked(PictureOptions asked)
    {
        (string Name, string? Value)[] options =
        [
            ("preset", asked.Preset?.Name),
            ("scale", asked.Scale is { } scale ? Number(scale) : null),
            ("mean", asked.Mean is { } mean ? List(mean) : null),
            ("std", asked.Std is { } std ? List(std) : null),
            ("channels", asked.Channels is { } channels ? PictureWords.Of(channels) : null),
            ("resize", asked.Resize is { } resize ? PictureWords.Of(resize) : null),
            ("interpolation", asked.Interpolation is { } interpolation ? PictureWords.Of(interpolation) : null),
            ("layout", asked.Layout is { } layout ? PictureWords.Of(layout) : null),
            ("size", asked.Size is { } size ? $"{size.Width}x{size.Height}" : null),
        ];
        return options.Where(option => option.Value is not null).Select(option => KeyValuePair.Create(option.Name, option.Value!));
    }

    private static string Number(float value) => value.ToString(CultureInfo.InvariantCulture);

    private static string List(IReadOnlyList<float> values) => string.Join(',', values.Select(Number));
}
