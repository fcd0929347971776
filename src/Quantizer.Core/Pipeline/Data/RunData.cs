using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;

namespace Quantizer.Pipeline.Data;

/// <summary>The opened data of a quantization.</summary>
/// <param name="Calibration">Null: no range has to be learnt.</param>
/// <param name="HeldOut">Null: the calibration data serve the comparison, too.</param>
/// <param name="Preparation">How pictures are prepared; null without pictures.</param>
internal sealed record RunData(DataSet? Calibration, DataSet? HeldOut, PreparationChoice? Preparation) : IDisposable
{
    /// <summary>Null without any data.</summary>
    public DataSet? Compared => HeldOut ?? Calibration;

    /// <summary>What the user should know of how the data are read.</summary>
    public IEnumerable<string> Notes =>
        [
            .. Preparation is { } preparation ? [preparation.Explanation] : (IEnumerable<string>)[],
            .. (Calibration?.Notes ?? []).Union(HeldOut?.Notes ?? []),
        ];

    /// <summary>Opens both, so that a wrong path or broken data are told before the work.</summary>
    /// <param name="judging">What is compared is judged by.</param>
    /// <exception cref="QuantizationException">Data cannot be used.</exception>
    public static RunData Open(
        QuantizationOptions options,
        Judging judging,
        SourceModel source,
        SampleWorkers workers,
        CancellationToken cancellation
    )
    {
        DataOpening opening = new(source.Model, source.Session, source.Path, options.Pictures, options.Inputs, workers.Threads)
        {
            Judging = judging,
        };
        string? labelsPath = judging.ClassLabelsPath;
        bool isJudgedByItself = options.EvaluationPaths.Count == 0;
        DataSet? calibration =
            options.RandomSamples is { } random ? opening.OpenRandom(random, options.Seed)
            : options.CalibrationPaths.Count == 0 ? null
            : opening.Open(
                options.CalibrationPaths,
                isJudgedByItself ? labelsPath : null,
                options.Samples,
                options.Seed,
                cancellation,
                isReadAgain: isJudgedByItself
            );
        DataSet? heldOut = null;
        try
        {
            if (!isJudgedByItself)
            {
                // Each form that is tried is compared on them.
                heldOut = opening.Open(
                    options.EvaluationPaths,
                    labelsPath,
                    options.EvaluationSamples,
                    options.Seed,
                    cancellation,
                    isReadAgain: true
                );
            }
            heldOut?.CheckHeaders(workers, readBefore: calibration);
            return new RunData(calibration, heldOut, opening.Preparation);
        }
        catch
        {
            heldOut?.Dispose();
            calibration?.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        HeldOut?.Dispose();
        Calibration?.Dispose();
    }
}
