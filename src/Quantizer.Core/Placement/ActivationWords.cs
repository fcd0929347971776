using Quantizer.Choices;

namespace Quantizer.Placement;

/// <summary>The words for where the ranges of activations come from.</summary>
internal static class ActivationWords
{
    public static WordTable<ActivationMode> Modes { get; } =
        new(
            "form of activations",
            (ActivationMode.Automatic, "auto", "takes what serves each part of the model best"),
            (ActivationMode.Static, "static", "computes in integers with ranges from calibration"),
            (
                ActivationMode.Dynamic,
                "dynamic",
                "takes ranges in each run, in linear layers, LSTMs and convolutions along one axis, and stores other weights as int8"
            ),
            (ActivationMode.Mixed, "mixed", "takes ranges in each run, in linear layers and LSTMs, and of all others from calibration"),
            (ActivationMode.None, "none", "computes in float with weights stored as int8")
        );
}
