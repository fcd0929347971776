using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Comparison;

/// <summary>Runs two models on the same samples and measures how their outputs differ.</summary>
internal static class ModelComparer
{
    /// <param name="workers">Threads, each running one sample at a time through both models.</param>
    /// <param name="advanced">Hears the number of samples done.</param>
    /// <exception cref="QuantizationException">The models' outputs do not correspond, a run fails, or no sample can be read.</exception>
    public static ComparisonResult Compare(
        InferenceModel reference, InferenceModel other, ISampleSource samples, int workers, Action<int> advanced, CancellationToken cancellation)
    {
        IReadOnlyList<(string Reference, string Other)> outputs = Match(reference, other);
        SampleDifference?[] differences = new SampleDifference?[samples.Count];
        string?[] skipped = new string?[samples.Count];
        int done = 0;
        Lock gate = new();
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        RunParallel(samples.Count, parallel, index =>
        {
            if (TryLoad(samples, index, out string? reason) is { } sample) differences[index] = Differ(reference, other, outputs, sample);
            else skipped[index] = reason;
            // One at a time, so that the count heard never goes back.
            lock (gate) advanced(++done);
        });
        return Sum(outputs, samples, differences, skipped);
    }

    private static void RunParallel(int count, ParallelOptions options, Action<int> body)
    {
        try
        {
            Parallel.For(0, count, options, body);
        }
        catch (AggregateException error) when (error.InnerExceptions.All(inner => inner is QuantizationException))
        {
            throw new QuantizationException(error.InnerExceptions[0].Message, error);
        }
    }

    private static Sample? TryLoad(ISampleSource samples, int index, out string? reason)
    {
        reason = null;
        try
        {
            return samples.Load(index);
        }
        catch (QuantizationException error)
        {
            reason = error.Message;
            return null;
        }
    }

    private static SampleDifference Differ(
        InferenceModel reference, InferenceModel other, IReadOnlyList<(string Reference, string Other)> outputs, Sample sample)
    {
        IReadOnlyDictionary<string, TensorValue> first = reference.Run(sample.Inputs, [.. outputs.Select(pair => pair.Reference)]);
        IReadOnlyDictionary<string, TensorValue> second = other.Run(sample.Inputs, [.. outputs.Select(pair => pair.Other)]);
        OutputSums[] sums = new OutputSums[outputs.Count];
        ClassAnswer? answer = null;
        for (int i = 0; i < outputs.Count; i++)
        {
            TensorValue expected = first[outputs[i].Reference], found = second[outputs[i].Other];
            if (expected.ElementCount != found.ElementCount)
                throw new QuantizationException(
                    $"Output '{outputs[i].Reference}' has {expected.ElementCount} values in the FP32 model and {found.ElementCount} in the INT8 model for sample '{sample.Name}'. The two files are not the same network.");
            float[] a = OutputValues.Floats(expected), b = OutputValues.Floats(found);
            sums[i] = OutputSums.Of(a, b);
            if (i == 0) answer = Answer(expected.Shape, a, b, sample.Label);
        }
        return new SampleDifference(sums, answer);
    }

    private static ClassAnswer? Answer(IReadOnlyList<long> shape, float[] reference, float[] other, int? label)
    {
        int classes = ClassScores.CountOf(shape);
        if (classes == 0) return null;
        int? usable = label < classes ? label : null;
        return new ClassAnswer(
            classes, ClassScores.TopOf(reference), ClassScores.TopOf(other), usable,
            usable is { } inReference && ClassScores.IsInTop(reference, inReference), usable is { } inOther && ClassScores.IsInTop(other, inOther));
    }

    private static ComparisonResult Sum(
        IReadOnlyList<(string Reference, string Other)> outputs, ISampleSource samples, SampleDifference?[] differences, string?[] skipped)
    {
        SampleDifference[] present = [.. differences.OfType<SampleDifference>()];
        (string, string)[] left = [.. Enumerable.Range(0, samples.Count).Where(i => skipped[i] is not null).Select(i => (samples.NameOf(i), skipped[i]!))];
        if (present.Length == 0)
            throw new QuantizationException($"None of the {samples.Count} samples could be read; the first: {left.FirstOrDefault().Item2 ?? "there are none"}");
        OutputDifference[] results = new OutputDifference[outputs.Count];
        for (int i = 0; i < results.Length; i++)
        {
            OutputSums total = default;
            foreach (SampleDifference difference in present) total += difference.Outputs[i];
            results[i] = new OutputDifference(outputs[i].Reference, total.SqnrDb, total.Cosine);
        }
        ClassAnswer[] answers = [.. present.Select(difference => difference.Answer).OfType<ClassAnswer>()];
        return new ComparisonResult(present.Length, results, answers.Length == present.Length ? Count(answers) : null, left);
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
