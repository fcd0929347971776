namespace Quantizer.Comparison.Tasks;

/// <summary>In what a figure of a task is told.</summary>
public enum FigureUnit
{
    /// <summary>0 to 100.</summary>
    Percent = 0,

    /// <summary>Ten times the decimal logarithm of a ratio of powers.</summary>
    Decibels = 1,

    /// <summary>0 to 1, such as an F1.</summary>
    Ratio = 2,

    /// <summary>Bits per token; less is better.</summary>
    Bits = 3,

    /// <summary>How many.</summary>
    Count = 4,
}
