namespace Quantizer.Preprocessing.Discovery;

/// <summary>What a preparation was chosen by.</summary>
public enum ChoiceGround
{
    /// <summary>The user said it.</summary>
    Flags,

    /// <summary>A <c>preprocessor_config.json</c> beside the model.</summary>
    PreprocessorConfig,

    /// <summary>What the model itself tells of its pictures.</summary>
    BuiltIn = 8,

    /// <summary>The mean and variance that the first BatchNormalization remembers from training.</summary>
    BatchNormalization = 2,

    /// <summary>The share of pictures classified rightly.</summary>
    ClassAccuracy,

    /// <summary>How probable the model finds the right classes, where it is right as often with several preparations.</summary>
    ClassLikelihood = 7,

    /// <summary>How sure and how varied the model's answers are.</summary>
    MutualInformation = 4,

    /// <summary>What networks of its kind are usually fed, which is also what a test that does not decide by itself prefers.</summary>
    Customary = 6,

    /// <summary>Nothing in the model or the data tells.</summary>
    Guess = 5,
}
