namespace Quantizer.Reporting;

/// <summary>The correction of biases in words.</summary>
internal static class CorrectionText
{
    /// <summary>20 layers corrected by 128 calibration samples; 29.9 dB -> 30.6 dB on 384 others</summary>
    public static string Of(BiasCorrectionReport correction)
    {
        string layers = FigureText.Count(correction.Layers, "layer"),
            samples = FigureText.Count(correction.Samples, "calibration sample"),
            before = FigureText.Decibels(correction.BeforeDb),
            after = correction.AfterDb is { } decibels ? FigureText.Decibels(decibels) : "a network that does not run";
        return correction.Taken
            ? $"{layers} corrected by {samples}; {before} -> {after} on {FigureText.Count(correction.HeldOut)} others"
            : $"left as they are: corrected by {samples}, {layers} give {after} on {FigureText.Count(correction.HeldOut)} others, {before} "
                + (correction.AfterDb > correction.BeforeDb ? "without, which is no sure gain" : "without");
    }
}
