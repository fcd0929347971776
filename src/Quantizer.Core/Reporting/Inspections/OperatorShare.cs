using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Inspections;

/// <summary>The nodes of one operator type and their share of the work.</summary>
/// <param name="Share">Of 1, of all multiply-accumulates that are known; null where none is.</param>
internal readonly record struct OperatorShare(string OpType, int Nodes, double? Share)
{
    /// <summary>97.20 %</summary>
    public string Text => Share is { } share ? FigureText.Share(share * 100) : FigureText.Missing;

    /// <summary>All types, those with most of the work first.</summary>
    public static IReadOnlyList<OperatorShare> Of(ModelInspection inspection)
    {
        double all = inspection.OperatorMacs.Values.Sum(macs => (double)macs);
        return
        [
            .. inspection
                .OperatorCounts.Select(type => new OperatorShare(
                    type.Key,
                    type.Value,
                    all > 0 ? inspection.OperatorMacs.GetValueOrDefault(type.Key) / all : null
                ))
                .OrderByDescending(type => type.Share ?? 0),
        ];
    }
}
