using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Files;
using Quantizer.Pipeline.Reports;
using Quantizer.Reporting.Benches;

namespace Quantizer.Pipeline;

/// <summary>Measures how fast one or two models are, in runs that take turns.</summary>
internal sealed class BenchRun(BenchOptions options, CancellationToken cancellation)
{
    private readonly List<string> _notes = [];

    public BenchReport Run()
    {
        using SourceModel first = SourceModel.Open(options.ModelPaths[0]);
        (IReadOnlyDictionary<string, TensorValue> sample, string words) = BenchInputs.Of(first, options, cancellation);
        IReadOnlyList<int> batches = Batches(first.Session);
        List<BenchCell> cells = [];
        foreach (int threads in options.Threads)
        {
            foreach (int batch in batches)
                cells.Add(Cell(threads, batch, Inputs(first.Session, sample, batch)));
        }
        return new BenchReport
        {
            Tool = ReportParts.Tool,
            Models = [.. options.ModelPaths.Select(path => new BenchModel(path, FileHash.Of(path), ReportParts.BytesOf(path)))],
            Inputs = words,
            Cells = cells,
            Profiles = options.HasProfile
                ?
                [
                    .. options.ModelPaths.Select(path =>
                        Profile(path, options.Threads[0], batches[0], Inputs(first.Session, sample, batches[0]))
                    ),
                ]
                : [],
            Notes = _notes,
        };
    }

    private IReadOnlyList<int> Batches(InferenceModel model)
    {
        if (FixedBatch.OnlyBatch(model) is not { } only || options.Batches.All(batch => batch == only))
            return options.Batches;
        int[] left = [.. options.Batches.Where(batch => batch != only)];
        _notes.Add(
            $"'{model.Name}' takes exactly {only} at once: batch {string.Join(", ", left)} was left out. Export the model with an open batch "
                + "to measure it."
        );
        return [(int)only];
    }

    /// <summary>A model of a fixed batch is filled up when it runs.</summary>
    private static IReadOnlyDictionary<string, TensorValue> Inputs(
        InferenceModel model,
        IReadOnlyDictionary<string, TensorValue> sample,
        int batch
    ) => FixedBatch.OnlyBatch(model) is null ? BenchInputs.Batched(model, sample, batch) : sample;

    private BenchCell Cell(int threads, int batch, IReadOnlyDictionary<string, TensorValue> inputs)
    {
        ExecutionOptions threaded = new() { Threads = threads };
        IReadOnlyList<LatencyResult> results = LatencyMeasurement.MeasureOpened(
            [.. options.ModelPaths.Select(path => (Func<InferenceModel>)(() => InferenceModel.Load(path, threaded)))],
            inputs,
            options.Time,
            cancellation
        );
        return new BenchCell(
            threads,
            batch,
            [.. results.Select(result => Times(result, batch))],
            results is [var reference, var other] ? Ratio(reference, other) : null
        );
    }

    private static BenchTimes Times(LatencyResult result, int batch) =>
        new(result.MedianMilliseconds, result.MinimumMilliseconds, 1000 * batch / result.MedianMilliseconds, result.Runs);

    private static BenchRatio Ratio(LatencyResult reference, LatencyResult other)
    {
        PairedRatio paired = PairedRatio.Of(reference, other);
        return new BenchRatio(paired.Median, paired.Low, paired.High, reference.MinimumMilliseconds / other.MinimumMilliseconds);
    }

    private BenchProfile Profile(string path, int threads, int batch, IReadOnlyDictionary<string, TensorValue> inputs)
    {
        IReadOnlyList<TimedKernel> nodes = KernelProfile.Measure(path, threads, inputs, cancellation);
        double all = nodes.Sum(node => node.Milliseconds);
        return new BenchProfile(
            path,
            threads,
            batch,
            [
                .. nodes
                    .GroupBy(node => node.Operator)
                    .Select(kernel => (kernel.Key, Count: kernel.Count(), Sum: kernel.Sum(node => node.Milliseconds)))
                    .Select(kernel => new KernelTime(kernel.Key, kernel.Count, kernel.Sum, all > 0 ? 100 * kernel.Sum / all : 0))
                    .OrderByDescending(kernel => kernel.Milliseconds),
            ]
        );
    }
}
