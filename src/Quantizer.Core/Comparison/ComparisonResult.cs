using Quantizer.Comparison.Tasks;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Comparison;

/// <summary>How two models differ on the same data.</summary>
/// <param name="Samples">Samples that both models ran on.</param>
/// <param name="Skipped">Samples that could not be read, with the reason.</param>
internal sealed record ComparisonResult(
    int Samples,
    IReadOnlyList<OutputDifference> Outputs,
    TaskResult Task,
    IReadOnlyList<SkippedSample> Skipped
)
{
    /// <summary>Outputs that could not be compared, with the reason.</summary>
    public IReadOnlyList<(string Output, string Reason)> LeftOut { get; init; } = [];

    /// <summary>What each sample added, in the order of the data.</summary>
    public IReadOnlyList<SampleDifference> Differences { get; init; } = [];
}

/// <summary>How far an output, or a part of one, differs.</summary>
/// <param name="SqnrDb">10 log10(sum of squared reference values / sum of squared differences); infinite when identical.</param>
/// <param name="Cosine">Of the reference and the other output as one vector each.</param>
/// <param name="Rms">Root mean square of the reference's values.</param>
internal sealed record OutputDifference(string Name, double SqnrDb, double Cosine, double Rms)
{
    /// <summary>The same ratio of the median sample.</summary>
    public double MedianDb { get; init; }

    /// <summary>A tenth of the samples has a smaller ratio.</summary>
    public double WorstTenthDb { get; init; }

    /// <summary>Of an output that joins parts of different kinds.</summary>
    public IReadOnlyList<OutputDifference> Parts { get; init; } = [];

    /// <summary>Of an output of whole numbers the share that is the same, in percent; null of others. Its ratios measure nothing.</summary>
    public double? EqualPercent { get; init; }

    /// <summary>Whether the reference is so small that its ratio to an error is no measure of the error.</summary>
    public bool IsAllButZero => Rms < SmallestSignal && IsNumber;

    /// <summary>Whether the reference computes numbers; where it gives NaN or infinities, no error can be told.</summary>
    public bool IsNumber => double.IsFinite(Rms);

    /// <summary>Far below what any network is trained to tell apart: outputs are meant to be of the order of 1.</summary>
    private const double SmallestSignal = 1e-6;

    /// <param name="samples">What each sample adds.</param>
    public static OutputDifference Of(string name, IReadOnlyList<DifferenceSums> samples)
    {
        DifferenceSums total = samples.Aggregate(default(DifferenceSums), (sum, sample) => sum + sample);
        SampleSpread each = SampleSpread.Of(samples.Select(sample => sample.SqnrDb));
        return new OutputDifference(name, total.SqnrDb, total.Cosine, total.Rms) { MedianDb = each.Median, WorstTenthDb = each.WorstTenth };
    }
}
