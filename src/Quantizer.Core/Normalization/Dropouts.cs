using Quantizer.Graphs;

namespace Quantizer.Normalization;

/// <summary>Whether a Dropout drops anything: in training mode, unless its ratio is zero, as exporters leave those that are switched
/// off.</summary>
internal static class Dropouts
{
    private const int Ratio = 1,
        TrainingMode = 2;

    /// <returns>Null where the values of the caller decide.</returns>
    public static bool? Drops(Node dropout, GraphIndex index)
    {
        if (!IsGiven(dropout, TrainingMode))
            return false;
        if (IsGiven(dropout, Ratio) && index.ConstantOf(dropout.Inputs[Ratio]) is { Type: ElementType.Float, ElementCount: 1 } ratio)
        {
            if (ratio.Values<float>()[0] == 0)
                return false;
        }
        return index.ConstantOf(dropout.Inputs[TrainingMode]) is { Type: ElementType.Bool } training ? training.Data.Span[0] != 0 : null;
    }

    private static bool IsGiven(Node node, int input) => node.Inputs.Count > input && node.Inputs[input].Length > 0;
}
