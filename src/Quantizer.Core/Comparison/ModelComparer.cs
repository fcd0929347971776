using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;

namespace Quantizer.Comparison;

/// <summary>Runs two models on the same samples and measures how their outputs differ.</summary>
internal static class ModelComparer
{
    /// <param name="task">What the models are judged by.</param>
    /// <param name="workers">Threads, each running one sample at a time through both models; of a sequence all samples.</param>
    /// <param name="advanced">Hears the number of samples done.</param>
    /// <param name="state">Carried from sample to sample, by each model for itself; null where samples are independent.</param>
    /// <exception cref="QuantizationException">
    /// The models' outputs do not correspond, a run fails, or more samples cannot be read than can.
    /// </exception>
    public static ComparisonResult Compare(
        InferenceModel reference,
        InferenceModel other,
        SampleReader<Sample> samples,
        FoundTask task,
        int workers,
        Action<int> advanced,
        CancellationToken cancellation,
        CarriedState? state = null
    )
    {
        ModelPair pair = ModelPair.Of(reference, other, state?.Feedback);
        SampleProgress done = new(advanced);
        SampleDifference?[] differences = new SampleDifference?[samples.Count];
        SampleWorkers threads = new(workers, cancellation);
        if (state is null)
        {
            int together = samples.First() is { } first ? pair.SamplesAtOnce(first) : 1;
            int[][] batches = [.. Enumerable.Range(0, samples.Count).Chunk(together)];
            threads.Run(batches.Length, batch => CompareTogether(batches[batch]));
        }
        else
        {
            InSequence(state.Sequences, threads, Compare, cancellation);
        }
        SampleDifference[] present = [.. differences.OfType<SampleDifference>()];
        SkipLimit.Check("The data for the comparison", present.Length, samples.Skipped);
        (List<OutputDifference> outputs, List<(string, string)> leftOut) = Sum(pair.Outputs, present);
        JudgedFigures figures = task.Task.Total([.. present.Select(difference => difference.Answer).OfType<TaskAnswer>()], outputs);
        return new ComparisonResult(
            present.Length,
            outputs,
            new TaskResult(task.Kind, task.Why, figures) { Samples = present.Length, Missed = MissedOutput.Among(outputs, task.Others) },
            samples.Skipped
        )
        {
            Differences = present,
            LeftOut = [.. pair.WithoutNumbers.Select(output => (output, LeftOut("it does not hold numbers"))), .. leftOut],
        };

        void Compare(int index, PairState carried)
        {
            if (samples.Load(index) is { } sample)
                differences[index] = Differ(index, pair, task.Task, sample, pair.Run(sample, carried));
            done.Add();
        }

        void CompareTogether(int[] indices)
        {
            (int Index, Sample? Sample)[] batch = [.. indices.Select(index => (index, samples.Load(index)))];
            (int Index, Sample Sample)[] read = [.. batch.Where(one => one.Sample is not null).Select(one => (one.Index, one.Sample!))];
            IReadOnlyList<IReadOnlyList<(TensorValue, TensorValue)>> values = pair.RunEach([.. read.Select(one => one.Sample)]);
            for (int i = 0; i < read.Length; i++)
                differences[read[i].Index] = Differ(read[i].Index, pair, task.Task, read[i].Sample, values[i]);
            foreach (int _ in indices)
                done.Add();
        }
    }

    private static void InSequence(
        IReadOnlyList<Range> sequences,
        SampleWorkers threads,
        Action<int, PairState> compare,
        CancellationToken cancellation
    ) =>
        threads.Run(
            sequences.Count,
            sequence =>
            {
                PairState carried = new();
                for (int index = sequences[sequence].Start.Value; index < sequences[sequence].End.Value; index++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    compare(index, carried);
                }
            }
        );

    private static SampleDifference Differ(
        int index,
        ModelPair pair,
        JudgedTask task,
        Sample sample,
        IReadOnlyList<(TensorValue Expected, TensorValue Found)> values
    )
    {
        IReadOnlyList<(TensorSignature Reference, TensorSignature Other)> outputs = pair.Outputs;
        OutputSums?[] sums = new OutputSums?[outputs.Count];
        Dictionary<string, JudgedOutput> judged = [];
        bool isJudged = true;
        for (int i = 0; i < outputs.Count; i++)
        {
            string name = outputs[i].Reference.Name;
            OutputPair both = new(values[i].Expected, values[i].Found);
            if (!both.IsOfOneLength && (pair.IsOfOneSize(outputs[i].Reference) || pair.IsOfOneSize(outputs[i].Other)))
                throw OtherNetwork(name, values[i].Expected, values[i].Found, sample);
            judged[name] = both.Judged(sample.Mask);
            if (both.IsOfOneLength)
                sums[i] = both.Sums(judged[name], task.PartsOf(name, judged[name].Shape));
            else if (task.Outputs.Contains(name) && !task.TakesAnyLength)
                isJudged = false;
        }
        return new SampleDifference(index, sums, isJudged ? task.Judge(new JudgedSample(sample, judged)) : null);
    }

    private static QuantizationException OtherNetwork(string output, TensorValue expected, TensorValue found, Sample sample) =>
        new(
            $"Output '{output}' has {expected.ElementCount} values in the FP32 model and {found.ElementCount} in the INT8 model for "
                + $"sample '{sample.Name}'. The two files are not the same network."
        );

    private static (List<OutputDifference> Outputs, List<(string, string)> LeftOut) Sum(
        IReadOnlyList<(TensorSignature Reference, TensorSignature Other)> outputs,
        SampleDifference[] present
    )
    {
        List<OutputDifference> results = [];
        List<(string, string)> leftOut = [];
        for (int i = 0; i < outputs.Count; i++)
        {
            string name = outputs[i].Reference.Name;
            OutputSums[] sums = [.. present.Select(difference => difference.Outputs[i]).OfType<OutputSums>()];
            int unlike = present.Length - sums.Length;
            // By half of the samples or more its figures still tell something.
            bool isTold = sums.Length >= Math.Max(1, unlike);
            if (isTold)
                results.Add(Total(name, sums));
            if (unlike > 0)
                leftOut.Add((name, isTold ? PartlyLeftOut(unlike, present.Length) : LeftOut(OfOtherLength(unlike, present.Length))));
        }
        return (results, leftOut);
    }

    private static string LeftOut(string why) => $"It was left out of the comparison: {why}.";

    private static string PartlyLeftOut(int unlike, int samples) =>
        $"Its figures are of {samples - unlike} of the {samples} samples: {OfOtherLength(unlike, samples)}.";

    private static string OfOtherLength(int unlike, int samples) =>
        $"its length depends on the data and differs between both models for {unlike} of {samples} samples";

    private static double Percent(long some, long all) => all == 0 ? 100 : 100.0 * some / all;

    private static OutputDifference Total(string output, OutputSums[] sums) =>
        OutputDifference.Of(output, [.. sums.Select(sum => sum.Whole)]) with
        {
            EqualPercent = Array.TrueForAll(sums, sum => sum.Equal is not null)
                ? Percent(sums.Sum(sum => sum.Equal!.Value), sums.Sum(sum => sum.Whole.Values))
                : null,
            Parts =
            [
                .. sums.SelectMany(sum => sum.Parts)
                    .GroupBy(part => part.Part, part => part.Sums)
                    .Select(part => OutputDifference.Of(part.Key, [.. part])),
            ],
        };
}
