namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Pictures made of pictures: how far INT8's are from FP32's (peak signal to noise).</summary>
/// <param name="low">The value of black.</param>
/// <param name="peak">From black to white.</param>
internal sealed class PicturesTask(string output, double low, double peak) : JudgedTask<PicturesTask.Error>
{
    public override TaskKind Kind => TaskKind.Pictures;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Error? Answer(JudgedSample sample)
    {
        JudgedOutput pictures = sample.Outputs[output];
        double sum = 0;
        for (int i = 0; i < pictures.Expected.Length; i++)
        {
            double difference = Shown(pictures.Expected[i]) - Shown(pictures.Found[i]);
            sum += difference * difference;
        }
        return new Error(sum / pictures.Expected.Length);
    }

    protected override JudgedFigures Total(IReadOnlyList<Error> answers)
    {
        SampleSpread each = SampleSpread.Of(answers.Select(answer => Decibels(answer.MeanSquare)));
        double all = answers.Count == 0 ? double.NaN : Decibels(answers.Average(answer => answer.MeanSquare));
        return new JudgedFigures(
            TaskFigure.OfBoth("PSNR", FigureUnit.Decibels, all),
            [
                TaskFigure.OfBoth("Median PSNR", FigureUnit.Decibels, each.Median),
                TaskFigure.OfBoth("Worst tenth", FigureUnit.Decibels, each.WorstTenth),
            ]
        );
    }

    /// <summary>What is beyond black and white is shown as them.</summary>
    private double Shown(float value) => Math.Clamp(value, low, low + peak);

    private double Decibels(double meanSquare) => meanSquare == 0 ? double.PositiveInfinity : -10 * Math.Log10(meanSquare / (peak * peak));

    internal sealed record Error(double MeanSquare) : TaskAnswer;
}
