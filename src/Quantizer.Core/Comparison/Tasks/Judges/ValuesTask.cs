using System.Globalization;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Nothing but numbers: the noisiest output's signal over its error, in the median sample.</summary>
internal sealed class ValuesTask : JudgedTask
{
    public override TaskKind Kind => TaskKind.Values;

    public override IReadOnlyList<string> Outputs => [];

    public override TaskAnswer? Judge(JudgedSample sample) => null;

    public override bool IsDiscrete => false;

    /// <summary>There is no answer but the numbers, which are judged by their signal over error.</summary>
    public override double DistanceOf(TaskAnswer answer) => 0;

    /// <summary>The value that differs most: "0.731 at 17 of 'logits'".</summary>
    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        (string Output, int Index, double Difference) most = ("", 0, -1);
        foreach ((string name, JudgedOutput output) in sample.Outputs)
        {
            for (int i = 0; i < Math.Min(output.Expected.Length, output.Found.Length); i++)
            {
                if (Math.Abs((double)output.Expected[i] - output.Found[i]) is var difference && difference > most.Difference)
                    most = (name, i, difference);
            }
        }
        if (most.Output.Length == 0)
            return new ShownAnswer(ShownAnswer.Reference, "no values");
        JudgedOutput found = sample.Outputs[most.Output];
        string TextOf(float value) => string.Create(CultureInfo.InvariantCulture, $"{value:G4} at {most.Index} of '{most.Output}'");
        return new ShownAnswer(TextOf(found.Expected[most.Index]), TextOf(found.Found[most.Index]));
    }

    public override JudgedFigures Total(IReadOnlyList<TaskAnswer> answers, IReadOnlyList<OutputDifference> outputs)
    {
        // What only names things has no ratio worth telling where there are numbers beside it.
        OutputDifference? worst = outputs
            .Where(output => output.IsNumber && !output.IsAllButZero)
            .OrderBy(output => output.EqualPercent is not null)
            .ThenBy(output => output.MedianDb)
            .FirstOrDefault();
        if (worst is null)
            return new JudgedFigures(TaskFigure.OfBoth("Median SQNR", FigureUnit.Decibels, null), []);
        string of = outputs.Count > 1 ? $" of '{worst.Name}'" : "";
        return new JudgedFigures(TaskFigure.OfBoth($"Median SQNR{of}", FigureUnit.Decibels, worst.MedianDb), []);
    }
}
