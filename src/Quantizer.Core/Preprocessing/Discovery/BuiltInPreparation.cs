using System.Globalization;
using Quantizer.Graphs;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// What a model itself says of the pictures that it wants, by what it does to them:
/// 1. Its first nodes bring bytes to the range that networks are fed, or take a mean of bytes from them: it wants bytes.
/// 2. They bring 0..1 there, with a mean and a deviation of 0..1: it wants 0..1.
/// 3. Its input takes whole numbers: it wants bytes, whatever it does with them.
/// 4. Its input and output have the names that the exporter of the usual detectors gives them: it wants 0..1.
/// Anything else says nothing.
/// </summary>
/// <param name="Presets">Those that are left, the most customary first.</param>
/// <param name="Channels">The order in which the model takes the means of its colours; null where they do not differ.</param>
/// <param name="Account">What the model does, as a sentence.</param>
internal sealed record BuiltInPreparation(IReadOnlyList<PicturePreset> Presets, ChannelOrder? Channels, string Account)
{
    /// <summary>Networks are fed -3..3 at most: MNIST's white is 2.8, ImageNet's 2.6. Bytes by ImageNet's deviation, without the mean that
    /// was taken before, end at 4.5.</summary>
    private const double LargestValue = 4.5;

    /// <summary>A narrower range is no network's: 0..1, which is the narrowest, has a width of one.</summary>
    private const double LeastWidth = 0.5;

    /// <summary>Bytes by 255 or 256 without a mean end here, with room for rounding; those by 127.5 or 58 lack a mean that may be taken
    /// before.</summary>
    private const double LargestShare = 1.05;

    /// <summary>Ends that differ from zero by less are rounded.</summary>
    private const double Rounding = 0.01;

    /// <summary>Means of pictures in 0..1 lie here: MNIST's, the darkest, at 0.13. Near zero they are of other values.</summary>
    private const double LeastMean = 0.1;
    private const double LargestMean = 0.9;

    /// <summary>Deviations of pictures in 0..1 are 0.2 to 0.5, and 1 stands for none.</summary>
    private const double LeastDeviation = 0.1;
    private const double LargestDeviation = 1;

    /// <summary>In bytes, where nothing else is done to a picture: the middle of colours. Of 0..1 no such mean is taken.</summary>
    private const double LeastByteMean = 64;
    private const double LargestByteMean = 192;

    /// <summary>In bytes: what authors round the means of ImageNet's colours by. Red and blue are 20 apart.</summary>
    private const double MeanTolerance = 2;

    /// <param name="model">As the file holds it.</param>
    /// <returns>Null where the model says nothing.</returns>
    public static BuiltInPreparation? Of(OnnxModel model, PictureInput input) =>
        InputScaling.Read(model, input) is { } scaling ? Of(scaling) ?? OfType(input.Type) : OfType(input.Type) ?? OfNames(model, input);

    private static BuiltInPreparation? OfType(ElementType type) =>
        PictureElements.AreWhole(type)
            ? new([PictureElements.BytesIn(type)], null, $"The model takes whole numbers ({type}), and prepares its pictures itself.")
            : null;

    /// <summary>Ultralytics' YOLO, from version 5 on.</summary>
    private static BuiltInPreparation? OfNames(OnnxModel model, PictureInput input)
    {
        const string pictures = "images",
            first = "output0";
        return input is { Name: pictures, Channels: 3 } && model.Graph.Outputs is [{ Name: first }, ..]
            ? new(
                [PicturePreset.ZeroOne],
                ChannelOrder.Rgb,
                $"Its input '{pictures}' and its output '{first}' have the names that Ultralytics gives them, whose networks are fed 0..1."
            )
            : null;
    }

    private static BuiltInPreparation? Of(InputScaling scaling)
    {
        if (scaling.Factors.Any(factor => !(factor > 0)))
            return null;
        (double Low, double High) bytes = RangeOf(scaling, byte.MaxValue),
            shares = RangeOf(scaling, 1);
        if (IsCustomary(scaling, byte.MaxValue))
        {
            bool isFromZero = scaling.Sums.All(sum => Math.Abs(sum) < Rounding);
            if (!isFromZero && !IsAroundZero(scaling, byte.MaxValue))
                return null;
            return new(
                isFromZero && bytes.High > LargestShare ? [PicturePreset.Raw, PicturePreset.Caffe] : [PicturePreset.Raw],
                OrderOf(scaling, 1),
                Text(scaling, "bytes 0..255", bytes)
            );
        }
        if (MeansOf(scaling).All(mean => mean is >= LeastByteMean and <= LargestByteMean))
            return new([PicturePreset.Raw], OrderOf(scaling, 1), Text(scaling, "bytes 0..255", bytes));
        return IsCustomary(scaling, 1) && IsOfShares(scaling)
            ? new([PicturePreset.ZeroOne], OrderOf(scaling, byte.MaxValue), Text(scaling, "0..1", shares))
            : null;
    }

    /// <summary>Those of the candidates that are left.</summary>
    /// <returns>Null where none is.</returns>
    public IReadOnlyList<PreparationCandidate>? Among(IReadOnlyList<PreparationCandidate> candidates)
    {
        PreparationCandidate[] left = [.. candidates.Where(candidate => Presets.Any(preset => preset.Name == candidate.Preset))],
            ordered = [.. left.Where(candidate => candidate.Preparation.Channels == Channels)];
        return ordered.Length > 0 ? ordered
            : left.Length > 0 ? left
            : null;
    }

    /// <summary>The choice where nothing else decides.</summary>
    /// <param name="isOrderOpen">It is the most customary of several that differ in the channel order alone.</param>
    public PreparationChoice Choose(PreparationCandidate candidate, bool isOrderOpen)
    {
        string order = isOrderOpen
            ? $" Nothing tells the channel order; {PictureWords.Of(candidate.Preparation.Channels).ToUpperInvariant()} is customary: "
                + "check it."
            : "";
        return PreparationChoice.Of(candidate, ChoiceGround.BuiltIn, null, $"Pictures are prepared as {candidate.Name}.{order}") with
        {
            Doubt = isOrderOpen ? Verdict.ChannelOrder : null,
        };
    }

    /// <summary>The lowest and the highest value that a picture's become.</summary>
    private static (double Low, double High) RangeOf(InputScaling scaling, double most) =>
        (scaling.Sums.Min(), scaling.Factors.Zip(scaling.Sums, (factor, sum) => (factor * most) + sum).Max());

    /// <summary>Whether values up to the given become what networks are fed.</summary>
    private static bool IsCustomary(InputScaling scaling, double most)
    {
        (double low, double high) = RangeOf(scaling, most);
        return low >= -LargestValue && high <= LargestValue && scaling.Factors.All(factor => factor * most >= LeastWidth);
    }

    private static bool IsAroundZero(InputScaling scaling, double most) =>
        scaling.Factors.Zip(scaling.Sums).All(channel => channel.Second < Rounding && (channel.First * most) + channel.Second > 0);

    /// <summary>What a BatchNormalization remembers may be of any values, and its statistics tell that better.</summary>
    private static bool IsOfShares(InputScaling scaling) =>
        !scaling.Nodes.Any(node => node.Is("BatchNormalization"))
        && MeansOf(scaling).All(mean => mean is >= LeastMean and <= LargestMean)
        && scaling.Factors.All(factor => 1 / factor is >= LeastDeviation and <= LargestDeviation);

    /// <summary>What becomes zero, by channel.</summary>
    private static IEnumerable<double> MeansOf(InputScaling scaling) => scaling.Factors.Zip(scaling.Sums, (factor, sum) => -sum / factor);

    /// <param name="bytes">In one unit of the model's input.</param>
    private static ChannelOrder? OrderOf(InputScaling scaling, double bytes)
    {
        double[] means = [.. MeansOf(scaling).Select(mean => mean * bytes)];
        if (means.Length == 1)
            return null;
        foreach (ChannelOrder order in (ChannelOrder[])[ChannelOrder.Rgb, ChannelOrder.Bgr])
        {
            bool IsPresets(PicturePreset preset) =>
                preset.MeanIn(order).Zip(means).All(pair => Math.Abs((pair.First / preset.Scale) - pair.Second) <= MeanTolerance);
            if (PicturePreset.All.Any(preset => preset.IsColoured && IsPresets(preset)))
                return order;
        }
        return null;
    }

    private static string Text(InputScaling scaling, string values, (double Low, double High) range)
    {
        string nodes = string.Join(", ", scaling.Nodes.Select(node => node.OpType));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The model prepares its pictures itself ({nodes}: {values} become {range.Low:0.##}..{range.High:0.##})."
        );
    }
}
