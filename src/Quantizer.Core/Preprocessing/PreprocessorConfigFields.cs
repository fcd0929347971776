using System.Text.Json;
using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>The entries of a <c>preprocessor_config.json</c>, with the defaults that image processors have where one is missing.</summary>
internal sealed class PreprocessorConfigFields(JsonElement root, string path)
{
    // PIL.Image.Resampling: 0 nearest, 1 Lanczos, 2 bilinear, 3 bicubic, 4 box, 5 Hamming.
    private static readonly Dictionary<int, Interpolation> Interpolations = new()
    {
        [1] = Interpolation.PillowLanczos,
        [2] = Interpolation.PillowBilinear,
        [3] = Interpolation.PillowBicubic,
        [4] = Interpolation.PillowBox,
    };

    /// <summary>The same by their names, as newer files write them.</summary>
    private static readonly Dictionary<string, Interpolation> NamedInterpolations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lanczos"] = Interpolation.PillowLanczos,
        ["bilinear"] = Interpolation.PillowBilinear,
        ["bicubic"] = Interpolation.PillowBicubic,
        ["box"] = Interpolation.PillowBox,
    };

    public PictureOptions ToOptions()
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Wrong("the file", "an object");
        bool normalizes = Truth("do_normalize", root.TryGetProperty("image_mean", out _));
        bool rescales = Truth("do_rescale", true);
        float[] mean = normalizes ? Floats("image_mean") ?? [0.5f] : [0f];
        float[] std = normalizes ? Floats("image_std") ?? [0.5f] : [1f];
        if (std.Any(value => value == 0f))
            throw Wrong("image_std", "numbers other than zero");
        // Some processors subtract one after rescaling, which is a larger mean.
        if (rescales && (Truth("rescale_offset", false) || Truth("offset", false)))
            mean = [.. mean.Select(value => value + 1f)];
        bool isLimited = HasLongestEdge("size");
        (int Width, int Height)? resized = Truth("do_resize", true) && !isLimited ? Size("size") : null;
        (int Width, int Height)? cropped = Truth("do_center_crop", false) ? Size("crop_size") ?? resized : null;
        bool keepsShape = cropped is not null || (IsShortestEdge("size") && !isLimited);
        return new PictureOptions
        {
            Scale = rescales ? Float("rescale_factor") ?? PicturePreparation.UnitScale : 1f,
            Mean = mean,
            Std = std,
            Channels = Truth("do_flip_channel_order", false) ? ChannelOrder.Bgr : null,
            Resize =
                keepsShape ? ResizeConvention.Crop
                : isLimited && Truth("do_pad", false) ? ResizeConvention.Letterbox
                : ResizeConvention.Stretch,
            CropRatio = keepsShape ? Float("crop_pct") ?? Ratio(cropped, resized) : null,
            Interpolation = Resampling(),
            Size = cropped ?? resized,
        };
    }

    private static double Ratio((int Width, int Height)? cropped, (int Width, int Height)? resized) =>
        cropped is { } inner && resized is { } outer ? Math.Min(1.0, (double)inner.Height / outer.Height) : 1.0;

    private Interpolation? Resampling()
    {
        if (!root.TryGetProperty("resample", out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.String)
        {
            return NamedInterpolations.TryGetValue(value.GetString()!, out Interpolation named)
                ? named
                : throw Wrong("resample", $"a number or one of {string.Join(", ", NamedInterpolations.Keys)}");
        }
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int number))
            throw Wrong("resample", "a number");
        return Interpolations.TryGetValue(number, out Interpolation interpolation)
            ? interpolation
            : throw new QuantizationException(
                $"'{path}': resample {number} is not offered. Say --interpolation "
                    + $"{string.Join(" or ", Interpolations.Values.Select(PictureWords.Of))} and edit the file."
            );
    }

    private bool IsShortestEdge(string name) =>
        root.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("shortest_edge", out _);

    /// <summary>A picture's own size up to a limit, as detectors have it: nothing is fixed but the aspect ratio.</summary>
    private bool HasLongestEdge(string name) =>
        root.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("longest_edge", out _);

    private (int Width, int Height)? Size(string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind == JsonValueKind.Number)
            return (Side(value, name), Side(value, name));
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2)
            return (Side(value[1], name), Side(value[0], name));
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(name, "a number, height and width, or an object");
        if (value.TryGetProperty("shortest_edge", out JsonElement edge))
            return (Side(edge, name), Side(edge, name));
        if (value.TryGetProperty("height", out JsonElement height) && value.TryGetProperty("width", out JsonElement width))
            return (Side(width, name), Side(height, name));
        throw Wrong(name, "'height' and 'width' or 'shortest_edge'");
    }

    private int Side(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int side) && side > 0
            ? side
            : throw Wrong(name, "whole numbers above zero");

    private bool Truth(string name, bool absent)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return absent;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(name, "true or false");
    }

    private float? Float(string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return Number(value, name);
    }

    private float[]? Floats(string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => Number(item, name))]
            : [Number(value, name)];
    }

    private float Number(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) && float.IsFinite(number)
            ? number
            : throw Wrong(name, "finite numbers");

    private QuantizationException Wrong(string name, string expected) =>
        new($"'{path}': {name} should hold {expected}. Repair or remove the file.");
}
