using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Pipeline.Comparing;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Files;
using Quantizer.Reporting;

namespace Quantizer.Pipeline;

/// <summary>What the stages up to the output's file gave, with the form that was taken since.</summary>
/// <param name="Task">Null without data to judge on.</param>
/// <param name="Diagnosis">What the doctor found in the calibration data.</param>
internal sealed record RunResults(
    QuantizationOptions Options,
    SourceModel Source,
    QuantizedRun Quantized,
    OutputModel Output,
    RunData Data,
    FoundTask? Task,
    IReadOnlyList<Finding> Diagnosis
)
{
    /// <summary>Open the user's file, the cleaned graph and the quantized one, to be timed.</summary>
    public IReadOnlyList<Func<InferenceModel>> Openings =>
        [Source.Reopen, () => InferenceModel.Load(Quantized.Placement.Placed.Source.Model), Output.Open];

    /// <summary>The speed-up that integers had, where they were given up because nobody would notice it; null where they were
    /// not.</summary>
    public double? UnnoticedSpeedup { get; init; }

    /// <summary>What fell below the floor was the network with its weights stored, because its integers were slower than float.</summary>
    public bool IsFloorOfStored { get; init; }

    /// <summary>False where the machine was too busy to tell how fast integers are, and their form was decided by that.</summary>
    public bool IsSpeedSettled { get; init; } = true;

    /// <summary>Null where no node computes in float only because its integers took longer.</summary>
    public SlowNodesReport? SlowNodes { get; init; }

    /// <summary>Null where the network draws no random numbers.</summary>
    public OwnNoise? OwnNoise { get; init; }

    /// <summary>Null where the network kept its floor, or could not be judged.</summary>
    public FloorReport? Floor { get; init; }
}
