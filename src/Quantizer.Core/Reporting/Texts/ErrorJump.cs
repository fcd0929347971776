using Quantizer.Reporting.Details;

namespace Quantizer.Reporting.Texts;

/// <summary>A tensor with far more error than came in and its own node's rounding add up to.</summary>
/// <param name="Tensor">The first such one in the order of the network.</param>
/// <param name="ExplainedDb">What it would keep if its error were the sum of those.</param>
internal sealed record ErrorJump(TensorError Tensor, double ExplainedDb)
{
    /// <summary>Layers make error that comes in somewhat larger or smaller; ten times the power they hardly do in one step.</summary>
    private const double Times = 10;

    /// <summary>Null where there is none, or what nodes add was not measured.</summary>
    /// <param name="errors">In the order of the network. What came in is taken for the worst before, since any of them may have
    /// done.</param>
    public static ErrorJump? Of(IReadOnlyList<TensorError> errors)
    {
        double worstBefore = 0;
        foreach (TensorError error in errors)
        {
            double measured = Power(error.SqnrDb);
            if (error.OwnSqnrDb is { } own && double.IsFinite(measured))
            {
                double explained = worstBefore + Power(own);
                if (explained > 0 && measured > Times * explained)
                    return new ErrorJump(error, -10 * Math.Log10(explained));
            }
            if (double.IsFinite(measured))
                worstBefore = Math.Max(worstBefore, measured);
        }
        return null;
    }

    /// <summary>Of the error as a share of the signal's; none where both are identical.</summary>
    private static double Power(double? decibels) => decibels is { } value ? Math.Pow(10, -value / 10) : 0;
}
