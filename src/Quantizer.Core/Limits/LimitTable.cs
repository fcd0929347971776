using Quantizer.Comparison.Tasks;

namespace Quantizer.Limits;

/// <summary>Every limit: its name on the command line, what is asked, and which figure of a report it holds for. A new limit is a new
/// row.</summary>
internal static class LimitTable
{
    public const string MaxDrop = "max-drop",
        MinAgreement = "min-agreement",
        MinFigure = "min-figure",
        MinSqnr = "min-sqnr",
        MinSpeedup = "min-speedup",
        MaxSize = "max-size";

    private const string LessError =
        "Quantize with more and more varied calibration samples (--samples), keep the noisiest part in float with --exclude, take ranges in "
        + "each run with --activations dynamic, or try another --method.";

    private const string LessFloat =
        "Leave less in float (--verbose lists the nodes with their reasons), fix integers with --activations static, or measure on the "
        + "processor that the model will run on.";

    private const string FewerBytes =
        "Leave less in float, or store weights in 4 bits with --weights-only int4 where speed does not matter.";

    /// <summary>All rows, in the order of the help.</summary>
    public static IReadOnlyList<LimitRow> All { get; } =
    [
        new(MaxDrop, options => options.MaxDrop, isMost: true, LessError, LimitFigures.Drop),
        new(MinAgreement, options => options.MinAgreement, isMost: false, LessError, report => LimitFigures.Headline(report, MinAgreement)),
        new(MinFigure, options => options.MinFigure, isMost: false, LessError, report => LimitFigures.Headline(report, MinFigure)),
        new(MinSqnr, options => options.MinSqnr, isMost: false, LessError, LimitFigures.WorstOutput),
        new(MinSpeedup, options => options.MinSpeedup, isMost: false, LessFloat, LimitFigures.Speedup),
        new(MaxSize, options => options.MaxBytes, isMost: true, FewerBytes, LimitFigures.Bytes),
        new(MaxSize, options => options.MaxShare, isMost: true, FewerBytes, LimitFigures.ShareOfSize),
    ];

    /// <summary>Those that were asked for.</summary>
    public static IEnumerable<(LimitRow Limit, double Asked)> AskedOf(LimitOptions options) =>
        All.Where(row => row.Asked(options) is not null).Select(row => (row, row.Asked(options)!.Value));

    /// <summary>Whether a headline in this unit is a share of answers.</summary>
    public static bool IsShare(FigureUnit unit) => unit == FigureUnit.Percent;
}
