using Quantizer.Reporting;

namespace Quantizer.Benchmarks;

/// <summary>How well one INT8 file of a classifier does.</summary>
/// <param name="Fp32">Top-1 accuracy of the FP32 model, percent.</param>
/// <param name="Int8">Top-1 accuracy of the INT8 model, percent.</param>
/// <param name="SqnrDb">Of the first output.</param>
internal sealed record AccuracyFigures(string Tool, double Fp32, double Int8, double Agreement, double SqnrDb)
{
    public static AccuracyFigures Of(string tool, QuantizationReport report)
    {
        if (report.Accuracy is not { Top1: { } top1 } accuracy)
            throw new InvalidOperationException($"'{report.Model.Path}' was judged without class labels.");
        return new AccuracyFigures(tool, top1.Fp32, top1.Int8, accuracy.Agreement, report.Outputs[0].SqnrDb ?? double.PositiveInfinity);
    }
}
