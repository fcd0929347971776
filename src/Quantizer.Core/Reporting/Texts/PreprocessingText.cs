using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Reporting.Texts;

/// <summary>How pictures were prepared and why, in words.</summary>
internal static class PreprocessingText
{
    /// <summary>imagenet: rgb, scale 1/255, mean 0.485,0.456,0.406, std 0.229,0.224,0.225; crop to 224x224, pillow-bilinear, nchw</summary>
    public static string Settings(PreprocessingReport report)
    {
        string scale = report.Scale == PicturePreparation.UnitScale ? "1/255" : FigureText.Number(report.Scale);
        string normalization = IsIdentity(report) ? "" : $", mean {FigureText.Numbers(report.Mean)}, std {FigureText.Numbers(report.Std)}";
        return $"{report.Preset}: {report.Channels}, scale {scale}{normalization}; {report.Resize} to {report.Size}, "
            + $"{report.Interpolation}, {report.Layout}";
    }

    /// <summary>Stands behind every accuracy figure that rests on a guess; empty for others.</summary>
    public static string Mark(bool isGuessed) => isGuessed ? " (on a guess)" : "";

    /// <summary>Who chose, with the score and the second best where there are some.</summary>
    public static string Reason(PreprocessingReport report)
    {
        string reason = report.ChosenBy switch
        {
            ChoiceGround.Flags => "your flags",
            ChoiceGround.PreprocessorConfig => "the preprocessor_config.json beside the model",
            ChoiceGround.BuiltIn => "what the model itself tells of its pictures",
            ChoiceGround.BatchNormalization => "the model's BatchNormalization statistics (distance, less is better",
            ChoiceGround.ClassAccuracy => "accuracy on the class folders (share of 1, more is better",
            ChoiceGround.ClassLikelihood => "probability of the right classes (geometric mean, more is better",
            ChoiceGround.MutualInformation => "how sure and how varied the model's answers are (share of 1, more is better",
            ChoiceGround.Customary => "what such networks are usually fed, where a test agrees (score, more is better",
            ChoiceGround.Guess => "a guess: nothing in the model or the data tells",
            _ => throw new ArgumentOutOfRangeException(nameof(report), report.ChosenBy, "A ground that has no words here yet."),
        };
        string score = report.Score is { } value ? $": {Score(value)}" : "";
        string second = report is { RunnerUp: { } name, RunnerUpScore: { } next } ? $"; second best {name}: {Score(next)}" : "";
        return reason.Contains('(', StringComparison.Ordinal) ? $"{reason}{score}{second})" : reason;
    }

    private static bool IsIdentity(PreprocessingReport report) => report.Mean.All(mean => mean == 0) && report.Std.All(std => std == 1);

    private static string Score(double value) =>
        double.IsFinite(value) ? value.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture) : FigureText.Missing;
}
