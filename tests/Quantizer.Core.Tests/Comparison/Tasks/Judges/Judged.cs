using Quantizer.Comparison.Tasks;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Comparison.Tasks.Judges;

/// <summary>Samples with made-up outputs of both models.</summary>
internal static class Judged
{
    public static JudgedSample Sample(
        string name,
        int? label,
        params (string Output, long[] Shape, float[] Expected, float[] Found)[] outputs
    ) =>
        new(
            new Sample(name, new Dictionary<string, TensorValue>()) { Label = label },
            outputs.ToDictionary(
                output => output.Output,
                output => new JudgedOutput(output.Shape, output.Expected, output.Shape, output.Found)
            )
        );

    public static JudgedSample Sample(long[] shape, float[] expected, float[] found) =>
        Sample("a.png", null, ("y", shape, expected, found));

    public static JudgedFigures Total(this JudgedTask task, params JudgedSample[] samples) =>
        task.Total([.. samples.Select(task.Judge).OfType<TaskAnswer>()], []);

    public static double? Figure(this JudgedFigures figures, string name) => figures.Others.Single(figure => figure.Name == name).Between;

    public static (double?, double?) Truth(this JudgedFigures figures, string name) =>
        figures.Others.Where(figure => figure.Name == name).Select(figure => (figure.Fp32, figure.Int8)).Single();
}
