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
        InferenceModel reference, InferenceModel other, SampleReader<Sample> samples, int workers, Action<int> advanced, CancellationToken cancellation)
    {
        IReadOnlyList<(string Reference, string Other)> outputs = Match(reference, other);
        SampleProgress done = new(advanced);
        SampleDifference?[] differences = new SampleWorkers(workers, cancellation).Map(samples.Count, index =>
        {
            SampleDifference? difference = samples.Load(index) is { } sample ? Differ(reference, other, outputs, sample) : null;
            done.Add();
            return difference;
        });
        SampleDifference[] present = [.. differences.OfType<SampleDifference>()];
        SkipLimit.Check("The data for the comparison", present.Length, samples.Skipped);
        return Sum(outputs, present, samples.Skipped);
    }

    private static SampleDifference Differ(
        InferenceModel reference, InferenceModel other, IReadOnlyList<(string Reference, string Other)> outputs, Sample sample)
    {
        IReadOnlyDictionary<string, TensorValue> first = reference.Run(sample.Inputs, [.. outputs.Select(pair => pair.Reference)]);
        IReadOnlyDictionary<string, TensorValue> second = other.Run(sample.Inputs, [.. outputs.Select(pair => pair.Other)]);
        DifferenceSums[] sums = new DifferenceSums[outputs.Count];
        ClassAnswer? answer = null;
        for (int i = 0; i < outputs.Count; i++)
        {
            TensorValue expected = first[outputs[i].Reference], found = second[outputs[i].Other];
            if (expected.ElementCount != found.ElementCount)
                throw new QuantizationException(
                    $"Output '{outputs[i].Reference}' has {expected.ElementCount} values in the FP32 model and {found.ElementCount} in the INT8 model for sample '{sample.Name}'. The two files are not the same network.");
            float[] a = OutputValues.Floats(expected), b = OutputValues.Floats(found);
            sums[i] = DifferenceSums.Of(a, b);
            if (i == 0) answer = Answer(expected.Shape, sample, a, b);
        }
        return new SampleDifference(sums, answer);
    }

    private static ClassAnswer? Answer(IReadOnlyList<long> shape, Sample sample, float[] reference, float[] other)
    {
        int classes = ClassScores.CountOf(shape);
        int? usable = sample.Label < classes ? sample.Label : null;
        if (classes == 0) return null;
        bool isAsLongAsAnInput = sample.Inputs.Values.Any(input => input.ElementCount == classes);
        return new ClassAnswer(
            classes, ClassScores.TopOf(reference), ClassScores.TopOf(other), usable,
            usable is { } inReference && ClassScores.IsInTop(reference, inReference), usable is { } inOther && ClassScores.IsInTop(other, inOther), isAsLongAsAnInput);
    }

    private static ComparisonResult Sum(
        IReadOnlyList<(string Reference, string Other)> outputs, SampleDifference[] present, IReadOnlyList<SkippedSample> skipped)
    {
        OutputDifference[] results = new OutputDifference[outputs.Count];
        for (int i = 0; i < results.Length; i++)
        {
            DifferenceSums total = default;
            foreach (SampleDifference difference in present) total += difference.Outputs[i];
            results[i] = new OutputDifference(outputs[i].Reference, total.SqnrDb, total.Cosine, total.Rms);
        }
        ClassAnswer[] answers = [.. present.Select(difference => difference.Answer).OfType<ClassAnswer>()];
        bool areScores = answers.Length == present.Length && answers.Any(answer => answer is { Label: not null } or { IsAsLongAsAnInput: false });
        return new ComparisonResult(present.Length, results, areScores ? Count(answers) : null, skipped);
    }

    private static ClassificationResult Count(ClassAnswer[] answers) => new(
        answers[0].Classes,
        answers.Count(answer => answer.Reference == answer.Other),
        answers.Count(answer => answer.Label is not null),
        answers.Count(answer => answer.Label == answer.Reference),
        answers.Count(answer => answer.Label == answer.Other),
        answers.Count(answer => answer.ReferenceInTop5),
        answers.Count(answer => answer.OtherInTop5));

    /// <summary>Pairs outputs by name, or by position when another tool renamed them.</summary>
    private static IReadOnlyList<(string Reference, string Other)> Match(InferenceModel reference, InferenceModel other)
    {
        if (reference.Outputs.Count != other.Outputs.Count)
            throw new QuantizationException(
                $"The FP32 model has {reference.Outputs.Count} outputs and the INT8 model {other.Outputs.Count}; they must be the same network.");
        HashSet<string> names = [.. other.Outputs.Select(output => output.Name)];
        bool byName = reference.Outputs.All(output => names.Contains(output.Name));
        return [.. reference.Outputs.Select((output, i) => (output.Name, byName ? output.Name : other.Outputs[i].Name))];
    }
}
