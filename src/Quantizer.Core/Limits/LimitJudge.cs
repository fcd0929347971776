using System.Globalization;
using Quantizer.Findings;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Limits;

/// <summary>Holds a finished report against the limits that were asked for.</summary>
internal static class LimitJudge
{
    /// <summary>Sums of doubles that are equal are off by less.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The report with each limit's outcome, and a finding in front of all others for each that is not passed.</summary>
    public static QuantizationReport Judge(QuantizationReport report, LimitOptions options)
    {
        (LimitReport Limit, LimitRow Row)[] limits =
        [
            .. LimitTable.AskedOf(options).Select(asked => (Of(report, asked.Limit, asked.Asked), asked.Limit)),
        ];
        if (limits.Length == 0)
            return report;
        Dictionary<string, string> told = new(report.Options);
        foreach ((LimitReport limit, _) in limits)
            told[limit.Name] = LimitText.Argument(limit);
        return report with
        {
            Options = told,
            Limits = [.. limits.Select(limit => limit.Limit)],
            Findings =
            [
                .. limits
                    .Where(limit => limit.Limit.Outcome != LimitOutcome.Passed)
                    .Select(limit =>
                        KindOf(limit.Limit).Of(limit.Limit.Subject, limit.Limit.Message, Remedy(report, limit.Limit, limit.Row))
                    ),
                .. report.Findings,
            ],
        };
    }

    private static FindingKind KindOf(LimitReport limit) =>
        limit.Outcome == LimitOutcome.Missed ? FindingKind.LimitMissed : FindingKind.LimitUnknown;

    private static LimitReport Of(QuantizationReport report, LimitRow row, double asked)
    {
        MeasuredFigure figure = row.Measured(report);
        // A share of the file's size is asked for as 0.3 and told as 30 %.
        double limit =
            row.Name == LimitTable.MaxSize && figure.Unit == LimitText.Percent
                ? Math.Round(100 * asked, 9, MidpointRounding.ToEven)
                : asked;
        LimitReport judged = new(row.Name, figure.Name, limit, figure.Value, figure.Unit, LimitOutcome.Passed, "");
        string wanted = $"{(row.IsMost ? "at most" : "at least")} {LimitText.Of(figure.Unit, limit)} was asked for";
        if (figure.WhyUnknown is { } why || figure.Value is not { } value)
        {
            return judged with
            {
                Outcome = LimitOutcome.Unknown,
                Message = $"{figure.Name} cannot be judged: {figure.WhyUnknown ?? "it is not known"}; {wanted}.",
            };
        }
        double missing = row.IsMost ? value - limit : limit - value;
        if (missing - figure.Spread <= Rounding * Math.Max(1, Math.Abs(limit)))
            return judged;
        string spread = figure.Spread > 0 ? string.Create(CultureInfo.InvariantCulture, $" ±{figure.Spread:0.00}") : "";
        return judged with
        {
            Outcome = LimitOutcome.Missed,
            Message =
                $"{figure.Name} is {LimitText.Of(figure.Unit, value)}{spread}; {wanted}, and it misses that by "
                + $"{LimitText.Difference(figure.Unit, missing)}.",
        };
    }

    private static string Remedy(QuantizationReport report, LimitReport limit, LimitRow row)
    {
        if (limit.Outcome == LimitOutcome.Unknown)
            return "A limit that cannot be judged is not kept: give what its figure needs, or leave the limit out.";
        if (limit.Name is LimitTable.MinSpeedup or LimitTable.MaxSize)
            return row.Remedy;
        IEnumerable<TensorReport> noisy = report.Tensors.Where(tensor => tensor.SqnrDb is { } db && double.IsFinite(db));
        return noisy.MinBy(tensor => tensor.SqnrDb) is { } noisiest
            ? $"{row.Remedy} The noisiest tensor is '{noisiest.Name}' ({FigureText.Decibels(noisiest.SqnrDb)}): --exclude '{noisiest.Name}'."
            : row.Remedy;
    }
}
