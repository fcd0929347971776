using Quantizer.Choices;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>The words for <see cref="ChoiceGround"/>.</summary>
internal static class GroundWords
{
    public static WordTable<ChoiceGround> Table { get; } =
        new(
            "ground of a choice",
            (ChoiceGround.Flags, "flags", "is what the user said"),
            (ChoiceGround.PreprocessorConfig, "preprocessor-config", "is a file beside the model"),
            (ChoiceGround.BuiltIn, "built-in", "is what the model itself tells of its pictures"),
            (ChoiceGround.BatchNormalization, "batch-normalization", "is what the model remembers from training"),
            (ChoiceGround.ClassAccuracy, "class-accuracy", "is the share of pictures classified rightly"),
            (ChoiceGround.ClassLikelihood, "class-likelihood", "is how probable the model finds the right classes"),
            (ChoiceGround.MutualInformation, "mutual-information", "is how sure and how varied the model's answers are"),
            (ChoiceGround.Customary, "customary", "is what such networks are usually fed, where a test agrees"),
            (ChoiceGround.Guess, "guess", "is what is left when nothing tells")
        );

    /// <summary>What a test measures, for messages.</summary>
    public static string MeasureOf(ChoiceGround ground) =>
        ground switch
        {
            ChoiceGround.BatchNormalization => "distance from the statistics of the first BatchNormalization",
            ChoiceGround.ClassAccuracy => "share of pictures classified rightly",
            ChoiceGround.ClassLikelihood => "probability of the right classes",
            ChoiceGround.Customary => "information of picture and boxes found",
            _ => "mutual information of picture and answer",
        };
}
