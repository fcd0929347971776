using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Comparison;

/// <summary>Runs two models on the same samples and measures how their outputs differ.</summary>
public static class ModelComparer
{
    /// <param name="workers">Threads, each running one sample at a time through both models.</param>
    /// <param name="advanced">Hears the number of samples done.</param>
    /// <exception cref="QuantizationException">The models' outputs do not correspond, a run fails, or no sample can be read.</exception>
    public static ComparisonResult Compare(
        InferenceModel reference, InferenceModel other, ISampleSource samples, int workers, Action<int> advanced, CancellationToken cancellation)
    {
        ILookup<bool, (TensorSignature Reference, TensorSignature Other)> pairs = Match(reference, other)
            .ToLookup(pair => OutputValues.Supports(pair.Reference.Type) && OutputValues.Supports(pair.Other.Type));
        (TensorSignature Reference, TensorSignature Other)[] outputs = [.. pairs[true]];
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
        ComparisonResult result = Sum(outputs, samples, differences, skipped);
        return result with { LeftOut = [.. pairs[false].Select(pair => (pair.Reference.Name, "it does not hold numbers")), .. result.LeftOut] };
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
        InferenceModel reference, InferenceModel other, IReadOnlyList<(TensorSignature Reference, TensorSignature Other)> outputs, Sample sample)
    {
        IReadOnlyDictionary<string, TensorValue> first = reference.Run(sample.Inputs, [.. outputs.Select(pair => pair.Reference.Name)]);
        IReadOnlyDictionary<string, TensorValue> second = other.Run(sample.Inputs, [.. outputs.Select(pair => pair.Other.Name)]);
        OutputSums?[] sums = new OutputSums?[outputs.Count];
        ClassAnswer? answer = null;
        for (int i = 0; i < outputs.Count; i++)
        {
            TensorValue expected = first[outputs[i].Reference.Name], found = second[outputs[i].Other.Name];
            if (expected.ElementCount != found.ElementCount)
            {
                if (IsOfOneSize(outputs[i].Reference) || IsOfOneSize(outputs[i].Other)) throw OtherNetwork(outputs[i].Reference.Name, expected, found, sample);
                continue;
            }
            float[] a = OutputValues.Floats(expected), b = OutputValues.Floats(found);
            sums[i] = OutputSums.Of(a, b);
            if (i == 0) answer = Answer(expected.Shape, a, b, sample.Label);
        }
        return new SampleDifference(sums, answer);
    }

    /// <summary>Such an output has other sizes in other networks only; a list of detections has from sample to sample.</summary>
    private static bool IsOfOneSize(TensorSignature output) => output.Shape is { } shape && shape.All(axis => axis.Size is not null || axis.Symbol is not null);

    private static QuantizationException OtherNetwork(string output, TensorValue expected, TensorValue found, Sample sample) => new(
        $"Output '{output}' has {expected.ElementCount} values in the FP32 model and {found.ElementCount} in the INT8 model for sample '{sample.Name}'. The two files are not the same network.");

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
        IReadOnlyList<(TensorSignature Reference, TensorSignature Other)> outputs, ISampleSource samples, SampleDifference?[] differences, string?[] skipped)
    {
        SampleDifference[] present = [.. differences.OfType<SampleDifference>()];
        (string, string)[] left = [.. Enumerable.Range(0, samples.Count).Where(i => skipped[i] is not null).Select(i => (samples.NameOf(i), skipped[i]!))];
        if (present.Length == 0)
            throw new QuantizationException($"None of the {samples.Count} samples could be read; the first: {left.FirstOrDefault().Item2 ?? "there are none"}");
        List<OutputDifference> results = [];
        List<(string, string)> leftOut = [];
        for (int i = 0; i < outputs.Count; i++)
        {
            OutputSums?[] sums = [.. present.Select(difference => difference.Outputs[i])];
            int unlike = sums.Count(sum => sum is null);
            if (unlike > 0) leftOut.Add((outputs[i].Reference.Name, $"its length depends on the data and differs for {unlike} of {present.Length} samples"));
            else results.Add(Total(outputs[i].Reference.Name, sums));
        }
        ClassAnswer[] answers = [.. present.Select(difference => difference.Answer).OfType<ClassAnswer>()];
        return new ComparisonResult(present.Length, results, answers.Length == present.Length ? Count(answers) : null, left) { LeftOut = leftOut };
    }

    private static OutputDifference Total(string output, IEnumerable<OutputSums?> sums)
    {
        OutputSums total = default;
        foreach (OutputSums? sum in sums) total += sum!.Value;
        return new OutputDifference(output, total.SqnrDb, total.Cosine);
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
    private static IEnumerable<(TensorSignature Reference, TensorSignature Other)> Match(InferenceModel reference, InferenceModel other)
    {
        if (reference.Outputs.Count != other.Outputs.Count)
            throw new QuantizationException(
                $"The FP32 model has {reference.Outputs.Count} outputs and the INT8 model {other.Outputs.Count}; they must be the same network.");
        Dictionary<string, TensorSignature> named = other.Outputs.ToDictionary(output => output.Name);
        bool byName = reference.Outputs.All(output => named.ContainsKey(output.Name));
        return reference.Outputs.Select((output, i) => (output, byName ? named[output.Name] : other.Outputs[i]));
    }
}
