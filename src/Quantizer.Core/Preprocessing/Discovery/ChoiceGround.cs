namespace Quantizer.Preprocessing.Discovery;

/// <summary>What a preparation was chosen by.</summary>
public enum ChoiceGround
{
    /// <summary>The user said it.</summary>
    Flags,

    /// <summary>A <c>preprocessor_config.json</c> beside the model.</summary>
    PreprocessorConfig,

    /// <summary>The mean and variance that the first BatchNormalization remembers from training.</summary>
    BatchNormalization,

    /// <summary>The share of pictures classified rightly.</summary>
    ClassAccuracy,

    /// <summary>How sure and how varied the model's answers are.</summary>
    MutualInformation,

    /// <summary>Nothing in the model or the data tells.</summary>
    Guess,
}
