using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Samples;

namespace Quantizer.Comparison;

/// <summary>Runs two models on the same samples and measures how their outputs differ.</summary>
internal static class ModelComparer
{
    /// <param name="workers">Threads, each running one sample at a time through both models.</param>
    /// <param name="advanced">Hears the number of samples done.</param>
    /// <exception cref="QuantizationException">
    /// The models' outputs do not correspond, a run fails, or more samples cannot be read than can.
    /// </exception>
    public static ComparisonResult Compare(
        InferenceModel reference,
        InferenceModel other,
        SampleReader<Sample> samples,
        int workers,
        Action<int> advanced,
        CancellationToken cancellation
    )
    {
        ModelPair pair = ModelPair.Of(reference, other);
        SampleProgress done = new(advanced);
        SampleDifference?[] differences = new SampleWorkers(workers, cancellation).Map(
            samples.Count,
            index =>
            {
                SampleDifference? difference = samples.Load(index) is { } sample ? Differ(pair, sample) : null;
                done.Add();
                return difference;
            }
        );
        SampleDifference[] present = [.. differences.OfType<SampleDifference>()];
        SkipLimit.Check("The data for the comparison", present.Length, samples.Skipped);
        ComparisonResult result = Sum(pair.Outputs, present, samples.Skipped);
        return result with { LeftOut = [.. pair.WithoutNumbers.Select(output => (output, "it does not hold numbers")), .. result.LeftOut] };
    }

    private static SampleDifference Differ(ModelPair pair, Sample sample)
    {
        IReadOnlyList<(TensorSignature Reference, TensorSignature Other)> outputs = pair.Outputs;
        IReadOnlyList<(TensorValue Expected, TensorValue Found)> values = pair.Run(sample);
        DifferenceSums?[] sums = new DifferenceSums?[outputs.Count];
        ClassAnswer? answer = null;
        for (int i = 0; i < outputs.Count; i++)
        {
            (TensorValue expected, TensorValue found) = values[i];
            if (expected.ElementCount != found.ElementCount)
            {
                if (IsOfOneSize(outputs[i].Reference) || IsOfOneSize(outputs[i].Other))
                    throw OtherNetwork(outputs[i].Reference.Name, expected, found, sample);
                continue;
            }
            float[] a = OutputValues.Floats(expected),
                b = OutputValues.Floats(found);
            sums[i] = DifferenceSums.Of(a, b);
            if (i == 0)
                answer = Answer(expected.Shape, sample, a, b);
        }
        return new SampleDifference(sums, answer);
    }

    /// <summary>Such an output has other sizes in other networks only; a list of detections has from sample to sample.</summary>
    private static bool IsOfOneSize(TensorSignature output) =>
        output.Shape is { } shape && shape.All(axis => axis.Size is not null || axis.Symbol is not null);

    private static QuantizationException OtherNetwork(string output, TensorValue expected, TensorValue found, Sample sample) =>
        new(
            $"Output '{output}' has {expected.ElementCount} values in the FP32 model and {found.ElementCount} in the INT8 model for "
                + $"sample '{sample.Name}'. The two files are not the same network."
        );

    private static ClassAnswer? Answer(IReadOnlyList<long> shape, Sample sample, float[] reference, float[] other)
    {
        int classes = ClassScores.CountOf(shape);
        int? usable = sample.Label < classes ? sample.Label : null;
        if (classes == 0)
            return null;
        bool isAsLongAsAnInput = sample.Inputs.Values.Any(input => input.ElementCount == classes);
        return new ClassAnswer(
            classes,
            ClassScores.TopOf(reference),
            ClassScores.TopOf(other),
            usable,
            usable is { } inReference && ClassScores.IsInTop(reference, inReference),
            usable is { } inOther && ClassScores.IsInTop(other, inOther),
            isAsLongAsAnInput
        );
    }

    private static ComparisonResult Sum(
        IReadOnlyList<(TensorSignature Reference, TensorSignature Other)> outputs,
        SampleDifference[] present,
        IReadOnlyList<SkippedSample> skipped
    )
    {
        List<OutputDifference> results = [];
        List<(string, string)> leftOut = [];
        for (int i = 0; i < outputs.Count; i++)
        {
            DifferenceSums?[] sums = [.. present.Select(difference => difference.Outputs[i])];
            int unlike = sums.Count(sum => sum is null);
            if (unlike > 0)
            {
                leftOut.Add(
                    (outputs[i].Reference.Name, $"its length depends on the data and differs for {unlike} of {present.Length} samples")
                );
            }
            else
            {
                results.Add(Total(outputs[i].Reference.Name, sums));
            }
        }
        ClassAnswer[] answers = [.. present.Select(difference => difference.Answer).OfType<ClassAnswer>()];
        bool areScores =
            answers.Length == present.Length && answers.Any(answer => answer is { Label: not null } or { IsAsLongAsAnInput: false });
        return new ComparisonResult(present.Length, results, areScores ? Count(answers) : null, skipped) { LeftOut = leftOut };
    }

    private static OutputDifference Total(string output, IEnumerable<DifferenceSums?> sums)
    {
        DifferenceSums total = default;
        foreach (DifferenceSums? sum in sums)
            total += sum!.Value;
        return new OutputDifference(output, total.SqnrDb, total.Cosine, total.Rms);
    }

    private static ClassificationResult Count(ClassAnswer[] answers) =>
        new(
            answers[0].Classes,
            answers.Count(answer => answer.Reference == answer.Other),
            answers.Count(answer => answer.Label is not null),
            answers.Count(answer => answer.Label == answer.Reference),
            answers.Count(answer => answer.Label == answer.Other),
            answers.Count(answer => answer.ReferenceInTop5),
            answers.Count(answer => answer.OtherInTop5)
        );
}
