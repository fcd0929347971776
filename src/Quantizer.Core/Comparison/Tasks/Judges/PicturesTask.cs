using System.Globalization;
using Quantizer.Comparison.Tasks.Truths;

namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>Pictures made of pictures: how far INT8's are from FP32's (peak signal to noise), and where the true ones are known how far
/// both are from them.</summary>
/// <param name="low">The value of black.</param>
/// <param name="peak">From black to white.</param>
/// <param name="isChannelsLast">[1, height, width, channels]; else [1, channels, height, width] or [1, height, width].</param>
internal sealed class PicturesTask(string output, double low, double peak, bool isChannelsLast, TaskTruths truths)
    : JudgedTask<PicturesTask.Error>
{
    /// <summary>Nobody sees less error than this leaves: a hundredth of one step of a byte is 88 dB.</summary>
    private const double ExactDb = 100;

    public override TaskKind Kind => TaskKind.Pictures;

    public override IReadOnlyList<string> Outputs { get; } = [output];

    protected override Error? Answer(JudgedSample sample)
    {
        JudgedOutput pictures = sample.Outputs[output];
        double[]? truth = TruthOf(sample.Sample.Name, pictures.Shape);
        return new Error(
            MeanSquare(pictures.Expected, i => pictures.Found[i]),
            truth is null ? null : MeanSquare(pictures.Expected, i => truth[i]),
            truth is null ? null : MeanSquare(pictures.Found, i => truth[i])
        );
    }

    public override bool IsDiscrete => false;

    protected override double Distance(Error answer) => answer.Between;

    public override ShownAnswer Show(JudgedSample sample, ClassNames names)
    {
        JudgedOutput pictures = sample.Outputs[output];
        double ratio = Decibels(MeanSquare(pictures.Expected, i => pictures.Found[i]));
        return new ShownAnswer(ShownAnswer.Reference, string.Create(CultureInfo.InvariantCulture, $"PSNR {ratio:0.0} dB"));
    }

    protected override JudgedFigures Total(IReadOnlyList<Error> answers)
    {
        SampleSpread each = SampleSpread.Of(answers.Select(answer => Decibels(answer.Between)));
        double[] reference = [.. answers.Select(answer => answer.Reference).OfType<double>()],
            other = [.. answers.Select(answer => answer.Other).OfType<double>()];
        List<TaskFigure> others =
        [
            TaskFigure.OfBoth("Median PSNR", FigureUnit.Decibels, each.Median),
            TaskFigure.OfBoth("Worst tenth", FigureUnit.Decibels, each.WorstTenth),
        ];
        if (reference.Length > 0)
        {
            others.Insert(0, TaskFigure.OfTruth("PSNR to the truth", FigureUnit.Decibels, MeanDecibels(reference), MeanDecibels(other)));
        }

        double all = answers.Count == 0 ? double.NaN : Decibels(answers.Average(answer => answer.Between));
        return new JudgedFigures(TaskFigure.OfBoth("PSNR", FigureUnit.Decibels, all), others) { Labelled = reference.Length };
    }

    /// <summary>The true picture as the model would give it, red first.</summary>
    private double[]? TruthOf(string sample, IReadOnlyList<long> shape)
    {
        int[] sizes = [.. shape.Skip(1).Select(size => (int)size)];
        (int channels, int height, int width) = sizes switch
        {
            [var rows, var columns] => (1, rows, columns),
            [var rows, var columns, var last] when isChannelsLast => (last, rows, columns),
            _ => (sizes[0], sizes[1], sizes[2]),
        };
        if (truths.Pictures?.Of(sample, width, height, channels) is not { } pixels)
            return null;
        double[] values = new double[channels * height * width];
        for (int i = 0; i < values.Length; i++)
        {
            (int pixel, int channel) = isChannelsLast ? (i / channels, i % channels) : (i % (height * width), i / (height * width));
            // A grey picture has one value for all colours.
            values[i] = low + (peak * pixels.Data[(pixel * pixels.Channels) + Math.Min(channel, pixels.Channels - 1)] / byte.MaxValue);
        }
        return values;
    }

    private double MeanSquare(float[] values, Func<int, double> other)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double difference = Shown(values[i]) - Shown(other(i));
            sum += difference * difference;
        }
        return sum / values.Length;
    }

    /// <summary>What is beyond black and white is shown as them.</summary>
    private double Shown(double value) => Math.Clamp(value, low, low + peak);

    private double Decibels(double meanSquare) => meanSquare == 0 ? double.PositiveInfinity : -10 * Math.Log10(meanSquare / (peak * peak));

    /// <summary>The mean over the pictures, as papers have it; a picture that is exactly right counts as <see cref="ExactDb"/>.</summary>
    private double MeanDecibels(double[] meanSquares) => meanSquares.Average(meanSquare => Math.Min(Decibels(meanSquare), ExactDb));

    /// <summary>Mean squares of differences.</summary>
    /// <param name="Between">Of both models.</param>
    /// <param name="Reference">Of FP32 and the truth; null where it is not known.</param>
    /// <param name="Other">Of INT8 and the truth.</param>
    internal sealed record Error(double Between, double? Reference, double? Other) : TaskAnswer;
}
