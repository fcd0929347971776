using Quantizer.Samples;

namespace Quantizer.Calibration.Running;

/// <summary>How calibration runs. The statistics do not depend on <see cref="Workers"/> and <see cref="BatchSize"/>.</summary>
internal sealed record CalibrationOptions
{
    public static CalibrationOptions Default { get; } = new();

    /// <summary>Threads that load samples, run the model and count; 0: one per core.</summary>
    public int Workers { get; init; }

    /// <summary>
    /// Samples per inference where the model leaves its first axis open. One is as fast as any and needs the least memory.
    /// </summary>
    public int BatchSize { get; init; } = 1;

    /// <summary>True: some samples are kept for the stages that judge plans; see <see cref="SampleKeeper"/>.</summary>
    public bool KeepsSamples { get; init; }

    /// <summary>True: large values are counted exactly, of the others every ninth vector (see
    /// <see cref="Statistics.TensorStatistics.AddSampled"/>).</summary>
    public bool Sampled { get; init; }
}
