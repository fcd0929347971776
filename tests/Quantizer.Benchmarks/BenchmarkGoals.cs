namespace Quantizer.Benchmarks;

/// <summary>What a model must reach; 0 where nothing is asked.</summary>
/// <param name="Speedup">INT8 against the user's FP32 file, on a processor with VNNI.</param>
/// <param name="SqnrDb">Of the first output, with automatic ranges.</param>
/// <param name="Agreement">Percent of the samples with the same top class, with automatic ranges.</param>
internal sealed record BenchmarkGoals(double Speedup = 0, double SqnrDb = 0, double Agreement = 0)
{
    /// <summary>Points of top-1 accuracy that INT8 may lose.</summary>
    public const double LargestDrop = 0.3;
}
