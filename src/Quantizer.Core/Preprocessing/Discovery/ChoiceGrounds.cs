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
}
