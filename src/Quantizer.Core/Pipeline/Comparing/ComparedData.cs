using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Stages;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Pipeline.Comparing;

/// <summary>The FP32 model with the data that others are compared with it on, by its task.</summary>
internal sealed record ComparedData(InferenceModel Reference, DataSet Data, FoundTask Task, SampleWorkers Workers, StageRunner Stages)
{
    /// <summary>A sample that the model takes.</summary>
    public IReadOnlyDictionary<string, TensorValue> Sample => Data.FirstInputs;

    /// <param name="most">Samples: of more, the first ones.</param>
    /// <exception cref="QuantizationException">The outputs do not correspond, a run fails, or too many samples cannot be read.</exception>
    public ComparisonResult Compare(InferenceModel other, int most = int.MaxValue)
    {
        SampleReader<Sample> samples = Data.StatelessReader(most);
        ComparisonResult comparison = Stages.Run(
            Stage.Compare,
            samples.Count,
            advanced => ModelComparer.Compare(Reference, other, samples, Task, Workers.Threads, advanced, Stages.Cancellation, Data.State)
        );
        if (samples.Count == Data.Samples.Count)
            Data.RequireEnough(comparison.Samples);
        return comparison;
    }

    /// <summary>Judges plans for a model by what they do to its outputs on samples.</summary>
    public PlanJudge JudgeOf(OnnxModel model, IReadOnlyList<Sample> samples)
    {
        OutputRoles roles = OutputRoles.Of(Task.Task);
        OutputReference reference = OutputReference.Record(model, samples, Workers, _ => { }, Stages.Cancellation, roles: roles);
        return new PlanJudge(model, reference, Workers, Stages.Cancellation);
    }

    /// <summary>The models side by side, on the first sample, each opened for it.</summary>
    public IReadOnlyList<LatencyResult> MeasureLatency(params IReadOnlyList<Func<InferenceModel>> openings) =>
        Stages.Run(Stage.MeasureLatency, () => LatencyMeasurement.MeasureOpened(openings, Sample, cancellation: Stages.Cancellation));
}
