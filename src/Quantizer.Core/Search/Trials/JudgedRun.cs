using System.Runtime.InteropServices;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Search.Trials;

/// <summary>Runs a plan's model on recorded samples.</summary>
internal static class JudgedRun
{
    /// <param name="order">The samples to run, by number.</param>
    /// <param name="isLost">Told the errors so far, by output: whether to go on is in vain.</param>
    /// <param name="known">Of samples that the same plan has been run on: they are not run again. Null: there are none.</param>
    /// <returns>The errors of the samples, the known ones among them; null when it was in vain.</returns>
    /// <exception cref="QuantizationException">A run fails.</exception>
    public static OutputErrors? On(
        InferenceModel model,
        OutputReference reference,
        IReadOnlyList<int> order,
        Func<IReadOnlyList<double>, bool> isLost,
        SampleWorkers workers,
        CancellationToken cancellation,
        OutputErrors? known = null
    )
    {
        OutputErrors errors = known?.Copy() ?? new OutputErrors(reference.Count, reference.Parts);
        double[] soFar = errors.Sums();
        SampleRun[] runs = [.. Enumerable.Range(0, workers.Threads).Select(_ => new SampleRun(model, reference.Outputs))];
        bool lost = false;
        int together = order.Count == 0 ? 1 : model.SamplesAtOnce(reference.Records[order[0]].Sample.Inputs);
        int[][] batches = [.. order.Where(sample => errors[sample] is null).Chunk(together)];
        try
        {
            workers.Run(
                batches.Length,
                (worker, at) =>
                {
                    if (Volatile.Read(ref lost))
                        return;
                    RecordedSample[] records = [.. batches[at].Select(sample => reference.Records[sample])];
                    foreach ((int sample, double[] found) in batches[at].Zip(runs[worker].ErrorsOf(records, cancellation)))
                        Add(sample, reference.Relative(reference.Records[sample], found));
                }
            );
        }
        finally
        {
            foreach (SampleRun run in runs)
                run.Dispose();
        }
        return lost ? null : errors;

        void Add(int sample, double[] ofSample)
        {
            errors[sample] = ofSample;
            lock (soFar)
            {
                for (int output = 0; output < soFar.Length; output++)
                    soFar[output] += ofSample[output];
                if (isLost(soFar))
                    Volatile.Write(ref lost, true);
            }
        }
    }

    /// <summary>One worker's runs: samples of the same shapes reuse the memory of the run before.</summary>
    private sealed class SampleRun(InferenceModel model, IReadOnlyList<string> outputs) : IDisposable
    {
        private BoundRun? _run;
        private RecordedSample? _first;

        /// <param name="records">One, or what a fixed batch takes at once.</param>
        public IEnumerable<double[]> ErrorsOf(IReadOnlyList<RecordedSample> records, CancellationToken cancellation)
        {
            if (records is [var only])
                return [ErrorsOf(only, cancellation)];
            return records.Zip(
                model.RunEach([.. records.Select(record => record.Sample.Inputs)], outputs, cancellation),
                (record, results) =>
                {
                    double[] errors = new double[record.Parts.Count];
                    int part = 0;
                    for (int output = 0; output < outputs.Count; output++)
                    {
                        TensorValue value = results[outputs[output]];
                        part = AddErrors(record, errors, part, output, value.Shape, OutputValues.Floats(value));
                    }
                    return errors;
                }
            );
        }

        private double[] ErrorsOf(RecordedSample record, CancellationToken cancellation)
        {
            Fill(record);
            _run!.Run(cancellation);
            double[] errors = new double[record.Parts.Count];
            int shown = 0,
                part = 0;
            _run.Visit(
                (name, type, shape, data) =>
                {
                    while (outputs[shown] != name)
                        shown++;
                    ReadOnlySpan<float> values =
                        type == ElementType.Float
                            ? MemoryMarshal.Cast<byte, float>(data)
                            : OutputValues.Floats(new TensorValue(type, [.. shape], data.ToArray()));
                    part = AddErrors(record, errors, part, shown, [.. shape], values);
                }
            );
            return errors;
        }

        /// <summary>The errors of the parts of one output, which lie behind each other.</summary>
        /// <returns>The first part of the next output.</returns>
        private static int AddErrors(
            RecordedSample record,
            double[] errors,
            int part,
            int output,
            IReadOnlyList<long> shape,
            ReadOnlySpan<float> values
        )
        {
            for (; part < errors.Length && record.Parts[part].Output <= output; part++)
                errors[part] = record.Parts[part].ErrorOf(shape, values);
            return part;
        }

        public void Dispose() => _run?.Dispose();

        private void Fill(RecordedSample record)
        {
            IReadOnlyDictionary<string, TensorValue> inputs = record.Sample.Inputs;
            if (_first is { } first && inputs.All(input => FitsLike(input.Value, first.Sample.Inputs[input.Key])))
            {
                foreach ((string name, TensorValue value) in inputs)
                    value.Data.Span.CopyTo(_run!.Input(name));
                return;
            }
            _run?.Dispose();
            _run = new BoundRun(model, inputs, outputs);
            _first = record;
        }

        private static bool FitsLike(TensorValue value, TensorValue other) =>
            value.Type == other.Type && value.Shape.SequenceEqual(other.Shape);
    }
}
