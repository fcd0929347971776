using Quantizer.Comparison.Tasks;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Limits;

/// <summary>The figures of a report that limits hold for, and why one cannot be judged.</summary>
internal static class LimitFigures
{
    private const string NotJudged = "without data nothing was judged";
    private const double PercentPerOne = 100;

    /// <summary>What the task's figure against the right answers loses.</summary>
    public static MeasuredFigure Drop(QuantizationReport report)
    {
        const string name = "Loss against the right answers, FP32 minus INT8";
        if (report.Task is not { } task)
            return MeasuredFigure.Unknown(name, LimitText.Points, NotJudged);
        if (AgainstTruth(task) is not { } figure)
            return MeasuredFigure.Unknown(name, LimitText.Points, "no right answers are known for the data");
        (double fp32, double int8) = (figure.Fp32!.Value, figure.Int8!.Value);
        string told = $"{figure.Name}, FP32 minus INT8";
        return figure.Unit switch
        {
            FigureUnit.Percent => Judged(report, told, LimitText.Points, fp32 - int8),
            FigureUnit.Ratio => Judged(report, told, LimitText.Points, PercentPerOne * (fp32 - int8)),
            // Of bits less is better.
            FigureUnit.Bits => Judged(report, $"{figure.Name}, INT8 minus FP32", LimitText.Bits, int8 - fp32),
            _ => Judged(report, told, LimitText.Decibels, fp32 - int8),
        };
    }

    /// <param name="limit">The limit on agreement takes shares only.</param>
    public static MeasuredFigure Headline(QuantizationReport report, string limit)
    {
        if (report.Task is not { Headline: var headline })
            return MeasuredFigure.Unknown("Headline between both models", LimitText.Percent, NotJudged);
        if (limit == LimitTable.MinAgreement && !LimitTable.IsShare(headline.Unit))
            return MeasuredFigure.Unknown(headline.Name, UnitOf(headline.Unit), "it is no share of answers; use --min-figure");
        return Judged(report, headline.Name, UnitOf(headline.Unit), headline.Between);
    }

    /// <summary>The output, or part of one, whose median sample has the least signal over error.</summary>
    public static MeasuredFigure WorstOutput(QuantizationReport report)
    {
        OutputReport[] outputs =
        [
            .. report
                .Outputs.SelectMany(output =>
                    output.Parts is { Count: > 0 } parts
                        ? parts.Select(part => part with { Name = $"{output.Name}: {part.Name}" })
                        : [output]
                )
                .Where(output => output is { AllButZero: false, EqualPercent: null }),
        ];
        if (outputs.Length == 0)
        {
            return MeasuredFigure.Unknown(
                "SQNR of the median sample",
                LimitText.Decibels,
                report.Outputs.Count == 0 ? NotJudged : "every output is all but zero, or whole numbers"
            );
        }
        // No error at all is told by null; what is no number must not pass by being last.
        OutputReport worst = outputs.MinBy(output => output.MedianDb is { } value ? Least(value) : double.PositiveInfinity)!;
        return Judged(
            report,
            $"SQNR of the median sample of '{worst.Name}'",
            LimitText.Decibels,
            worst.MedianDb ?? double.PositiveInfinity
        );
    }

    public static MeasuredFigure Speedup(QuantizationReport report)
    {
        const string name = "Speed-up";
        return report.Latency switch
        {
            null => MeasuredFigure.Unknown(name, LimitText.Times, "the speed was not measured"),
            { Speedup: var speedup } when !double.IsFinite(speedup) => MeasuredFigure.Unknown(name, LimitText.Times, "it is no number"),
            { Speedup: var speedup, Spread: var spread } when !double.IsFinite(spread) => new(
                name,
                LimitText.Times,
                speedup,
                "it was measured once, so that its spread is not known"
            ),
            { Speedup: var speedup, Spread: var spread } => new(name, LimitText.Times, speedup, null, spread),
        };
    }

    public static MeasuredFigure Bytes(QuantizationReport report) => new("Size of INT8", LimitText.Bytes, report.Size.Int8Bytes);

    public static MeasuredFigure ShareOfSize(QuantizationReport report) =>
        new(
            "Size of INT8 as a share of FP32's",
            LimitText.Percent,
            report.Size.Fp32Bytes > 0 ? PercentPerOne * report.Size.Int8Bytes / report.Size.Fp32Bytes : null
        );

    /// <summary>The task's first figure of each model by itself.</summary>
    private static TaskFigure? AgainstTruth(TaskReport task) =>
        task.Figures.FirstOrDefault(figure => figure is { Fp32: not null, Int8: not null, Unit: not FigureUnit.Count });

    /// <summary>A figure of both models' answers, which prove something only for real inputs, prepared as they should be.</summary>
    private static MeasuredFigure Judged(QuantizationReport report, string name, string unit, double? value) =>
        new(
            name,
            unit,
            value,
            report.Data.Evaluation is { Random: true } ? "figures on random numbers prove nothing"
                : IsGuessed(report) ? "the preparation of the pictures is a guess, so that figures prove nothing"
                : value is null || double.IsNaN(value.Value) ? "it is no number"
                : null
        );

    private static bool IsGuessed(QuantizationReport report) =>
        report.Task is { GuessedPreparation: true }
        || report.Preprocessing is { Guessed: true }
        || report.Outputs.Any(output => output.GuessedPreparation);

    private static double Least(double value) => double.IsNaN(value) ? double.NegativeInfinity : value;

    private static string UnitOf(FigureUnit unit) => ReportWords.Units.WordOf(unit);
}
