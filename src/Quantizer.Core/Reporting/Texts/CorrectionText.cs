namespace Quantizer.Reporting.Texts;

/// <summary>The correction of biases and of the rounding of weights in words.</summary>
internal static class CorrectionText
{
    /// <summary>What was corrected, or tried to.</summary>
    public static string TitleOf(BiasCorrectionReport correction) => correction.RoundedLayers > 0 ? "Biases, weights" : "Biases";

    /// <summary>20 layers corrected (20 with their weights) by 128 calibration samples; 29.9 dB -> 30.6 dB on 256 others</summary>
    public static string Of(BiasCorrectionReport correction)
    {
        string weights = correction.RoundedLayers > 0 ? $" ({FigureText.Count(correction.RoundedLayers)} with their weights)" : "",
            layers =
                $"{FigureText.Count(correction.Layers, "layer")} corrected{weights} by {FigureText.Count(correction.Samples, "calibration sample")}",
            before = FigureText.Decibels(correction.BeforeDb);
        if (correction.AfterDb is not { } after)
            return $"left as they are: with {layers} the network does not run";
        string others = correction.HeldOut == 1 ? "another" : $"{FigureText.Count(correction.HeldOut)} others",
            doubt = after > correction.BeforeDb ? ", which is no sure gain" : "";
        return correction.Taken
            ? $"{layers}; {before} -> {FigureText.Decibels(after)} on {others}"
            : $"left as they are: {layers} give {FigureText.Decibels(after)} on {others}, {before} without{doubt}";
    }
}
