using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Comparison;

/// <summary>Small models compared on rows of values.</summary>
internal static class ComparedModels
{
    public static FoundTask Values { get; } = new(new ValuesTask(), "numbers");

    public static ComparisonResult Compare(
        OnnxModel reference,
        OnnxModel other,
        LabelledSamples samples,
        FoundTask? task = null,
        int workers = 1,
        List<int>? progress = null
    )
    {
        using InferenceModel first = InferenceModel.Load(reference),
            second = InferenceModel.Load(other);
        return ModelComparer.Compare(
            first,
            second,
            Read(samples),
            task ?? Values,
            workers,
            done =>
            {
                if (progress is null)
                    return;
                lock (progress)
                    progress.Add(done);
            },
            CancellationToken.None
        );
    }

    public static SampleReader<Sample> Read(LabelledSamples samples) => new(samples.Count, samples.Load);

    /// <summary>Gives its six inputs, the last one multiplied.</summary>
    public static OnnxModel Scaled(float last = 1f) =>
        new GraphBuilder()
            .Input("x", [1, 6])
            .Constant("factors", [6], [1f, 1f, 1f, 1f, 1f, last])
            .Node("Mul", ["x", "factors"], ["y"])
            .Output("y")
            .Build();
}
