using Quantizer.Pipeline;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;

namespace Quantizer.Benchmarks;

/// <summary>A model to measure, with the data it is calibrated on.</summary>
/// <param name="Pictures">How its pictures are prepared, as its documentation says.</param>
internal sealed record BenchmarkModel(string Name, string Path, string CalibrationPath, PictureOptions Pictures)
{
    /// <summary>Labelled pictures for judging; null: only its speed is measured.</summary>
    public string? EvaluationPath { get; init; }

    public BenchmarkGoals Goals { get; init; } = new();

    /// <summary>Quantizes the model as a user would and judges it on the evaluation data, where it has some.</summary>
    public QuantizationReport Quantize(string output, string method = "auto") =>
        QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = Path,
                CalibrationPaths = [CalibrationPath],
                EvaluationPaths = EvaluationPath is { } path ? [path] : [],
                OutputPath = output,
                Pictures = Pictures,
                Method = RangeMethod.Parse(method),
            },
            new SilentObserver(),
            CancellationToken.None
        );
}
