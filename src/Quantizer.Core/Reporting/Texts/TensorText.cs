namespace Quantizer.Reporting.Texts;

/// <summary>How a quantized tensor's numbers read.</summary>
internal static class TensorText
{
    /// <summary>The scale, or for one per channel their number and span.</summary>
    public static string Scale(TensorReport tensor) =>
        tensor.Scale.Count switch
        {
            0 => FigureText.Missing,
            1 => FigureText.Number(tensor.Scale[0]),
            int count => $"{count} of {FigureText.Number(tensor.Scale.Min())} to {FigureText.Number(tensor.Scale.Max())}",
        };

    /// <summary>Unlike an output's, a tensor's missing ratio was not computed.</summary>
    public static string Sqnr(TensorReport tensor) => tensor.SqnrDb is { } decibels ? FigureText.Decibels(decibels) : FigureText.Missing;
}
