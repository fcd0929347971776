namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Nothing but numbers: the noisiest output's signal over its error, in the median sample.</summary>
internal sealed class ValuesTask : JudgedTask
{
    public override TaskKind Kind => TaskKind.Values;

    public override IReadOnlyList<string> Outputs => [];

    public override TaskAnswer? Judge(JudgedSample sample) => null;

    public override JudgedFigures Total(IReadOnlyList<TaskAnswer> answers, IReadOnlyList<OutputDifference> outputs)
    {
        OutputDifference? worst = outputs.Where(output => !output.IsAllButZero).MinBy(output => output.MedianDb);
        if (worst is null)
            return new JudgedFigures(TaskFigure.OfBoth("Median SQNR", FigureUnit.Decibels, null), []);
        string of = outputs.Count > 1 ? $" of '{worst.Name}'" : "";
        return new JudgedFigures(TaskFigure.OfBoth($"Median SQNR{of}", FigureUnit.Decibels, worst.MedianDb), []);
    }
}
