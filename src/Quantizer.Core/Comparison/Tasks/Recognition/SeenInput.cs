using Quantizer.Graphs;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>An input of the FP32 model with the first sample's value.</summary>
internal sealed record SeenInput(string Name, TensorValue Value)
{
    /// <summary>Sentinel-2 has 13.</summary>
    private const int MostBands = 16;

    /// <summary>Of pictures: the sizes of the axes, whatever their order. Null when it does not look like a picture.</summary>
    public SeenPicture? Picture =>
        Value.Shape switch
        {
            [1, 1 or 3 or 4, > 4 and var height, > 4 and var width] => new((int)Value.Shape[1], (int)height, (int)width, false),
            [1, > 4 and var height, > 4 and var width, 1 or 3 or 4] => new((int)Value.Shape[3], (int)height, (int)width, true),
            [3, > 4 and var height, > 4 and var width] => new(3, (int)height, (int)width, false),
            _ => null,
        };

    /// <summary>As many bands as satellites and microscopes have, or several pictures upon each other. Features have the same shape.
    /// </summary>
    public SeenPicture? Bands =>
        Value.Shape switch
        {
            [1, >= 2 and <= MostBands and var bands, > MostBands and var height, > MostBands and var width] => new(
                (int)bands,
                (int)height,
                (int)width,
                false
            ),
            [1, > MostBands and var height, > MostBands and var width, >= 2 and <= MostBands and var bands] => new(
                (int)bands,
                (int)height,
                (int)width,
                true
            ),
            _ => null,
        };

    public bool Names(string word) => Name.Contains(word, StringComparison.OrdinalIgnoreCase);

    public bool HoldsWholeNumbers => Value.Type is ElementType.Int64 or ElementType.Int32;
}

internal sealed record SeenPicture(int Channels, int Height, int Width, bool IsChannelsLast);
