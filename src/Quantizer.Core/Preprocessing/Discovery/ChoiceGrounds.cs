namespace Quantizer.Preprocessing.Discovery;

/// <summary>What a preparation can be chosen by, in the words of the report.</summary>
public static class ChoiceGrounds
{
    public const string Flags = "flags";
    public const string PreprocessorConfig = "preprocessor-config";
    public const string BatchNormalization = "batch-normalization";
    public const string ClassAccuracy = "class-accuracy";
    public const string MutualInformation = "mutual-information";
    public const string Guess = "guess";

    /// <summary>What a test measures, for messages.</summary>
    internal static string MeasureOf(string ground) => ground switch
    {
        BatchNormalization => "distance from the statistics of the first BatchNormalization",
        ClassAccuracy => "share of pictures classified rightly",
        _ => "mutual information of picture and answer",
    };
}
