using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Tables;

/// <summary>A cell of a <see cref="PageTable"/>.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Number">What it is sorted by, where its text is not; of a bar its length.</param>
internal readonly record struct Cell(string Text, double? Number = null)
{
    public static implicit operator Cell(string? text) => new(text ?? "");

    /// <summary>A whole number.</summary>
    public static Cell Count(long count) => new(FigureText.Count(count), count);

    /// <summary>With four significant digits.</summary>
    public static Cell Of(double value) => new(FigureText.Short(value), value);

    /// <summary>A ratio in dB; "identical" is sorted as the greatest.</summary>
    public static Cell Decibels(double? decibels) => new(FigureText.Decibels(decibels), decibels ?? double.PositiveInfinity);

    /// <summary>A ratio in dB that may not have been measured.</summary>
    public static Cell KnownDecibels(double? decibels) => decibels is null ? new(FigureText.Missing) : Decibels(decibels);

    /// <summary>A share of 1, to be drawn as a bar.</summary>
    public static Cell Bar(double share) => new("", double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0);
}
