using System.Globalization;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>Sizes for the axes that a model leaves open, where there are no data to tell them: an axis of one name has one size in all
/// inputs, and one that is called a sum of others is their sum.</summary>
internal sealed class OpenSizes
{
    /// <summary>Width and height of a picture: what most classifiers were trained on.</summary>
    private const long PictureSize = 224;

    private const long PictureChannels = 3;

    /// <summary>Channels of what an autoencoder makes of a picture, and its width and height: those of 512 pixels, which diffusion networks
    /// were trained on.</summary>
    private const long LatentChannels = 4;

    private const long LatentSize = 64;

    /// <summary>Width and height of what the middle of a network for pictures computes.</summary>
    private const long FeatureSize = 32;

    /// <summary>Any other but that of samples: a short sentence, a short signal.</summary>
    private const long OtherSize = 64;

    private readonly Dictionary<string, long> _known = [];

    /// <param name="request">All inputs that samples may have.</param>
    public OpenSizes(DataRequest request)
    {
        // The first axis is that of the samples.
        foreach (TensorSignature input in request.Inputs)
        {
            if (input.Shape is [{ Symbol: { } samples }, ..])
                _known.TryAdd(samples, 1);
        }
        // What is left open in a cache is the number of its positions.
        foreach (TensorSignature input in request.Inputs.Where(input => request.Caches.Contains(input.Name)))
        {
            foreach (Dimension axis in input.Shape ?? [])
            {
                if (axis.Symbol is { } positions)
                    _known.TryAdd(positions, 0);
            }
        }
    }

    /// <summary>All sizes of an input whose number of axes is known.</summary>
    public long[] Of(TensorSignature input) =>
        [.. input.Shape!.Select((axis, at) => axis.Size ?? (at == 0 ? 1 : Named(axis.Symbol, Usual(input, at))))];

    private long Named(string? symbol, long usual)
    {
        if (symbol is null)
            return usual;
        if (_known.TryGetValue(symbol, out long size))
            return size;
        string[] parts = symbol.Split('+', StringSplitOptions.TrimEntries);
        return _known[symbol] =
            parts.Length == 1
                ? usual
                : parts.Sum(part => long.TryParse(part, CultureInfo.InvariantCulture, out long number) ? number : Named(part, OtherSize));
    }

    private static long Usual(TensorSignature input, int at)
    {
        bool isBytes = input.Type == ElementType.UInt8;
        if (input.Shape!.Count != 4 || !(isBytes || InputConventions.IsFloat(input.Type)) || InputConventions.IsCalledCache(input))
            return OtherSize;
        // Channels are first unless the last axis says that it has them.
        int axis = input.Shape[3].Size is 1 or PictureChannels ? 3 : 1;
        return at == axis ? PictureChannels
            : isBytes ? PictureSize
            : input.Shape[axis].Size switch
            {
                null or 1 or PictureChannels => PictureSize,
                LatentChannels => LatentSize,
                _ => FeatureSize,
            };
    }
}
