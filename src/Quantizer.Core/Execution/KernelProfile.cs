using System.Text.Json;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>What ONNX Runtime's own profile tells of the nodes that it runs.</summary>
internal static class KernelProfile
{
    /// <summary>Medians of as many repeat.</summary>
    private const int Runs = 50;

    /// <summary>Slow models must do with fewer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private const double MicrosecondsPerMillisecond = 1000;

    private const string KernelEvent = "_kernel_time";

    /// <exception cref="QuantizationException">The model cannot run on the inputs.</exception>
    public static IReadOnlyList<TimedKernel> Measure(
        string path,
        int threads,
        IReadOnlyDictionary<string, TensorValue> inputs,
        CancellationToken cancellation
    ) => Measure(options => InferenceModel.Load(path, options with { Threads = threads }), inputs, Longest, cancellation);

    /// <summary>Runs what ONNX Runtime saved of a model that it optimized, with one thread.</summary>
    /// <exception cref="QuantizationException">The model cannot run on the inputs.</exception>
    public static IReadOnlyList<TimedKernel> MeasureOptimized(
        OnnxModel model,
        IReadOnlyDictionary<string, TensorValue> inputs,
        TimeSpan longest,
        CancellationToken cancellation
    ) => Measure(options => InferenceModel.LoadOptimized(model, options), inputs, longest, cancellation);

    private static IReadOnlyList<TimedKernel> Measure(
        Func<ExecutionOptions, InferenceModel> load,
        IReadOnlyDictionary<string, TensorValue> inputs,
        TimeSpan longest,
        CancellationToken cancellation
    )
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("quantizer-");
        try
        {
            using InferenceModel model = load(new ExecutionOptions { ProfilePrefix = Path.Combine(folder.FullName, "profile") });
            using (BoundRun run = new(model, inputs, [.. model.Outputs.Select(output => output.Name)]))
            {
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                for (int i = 0; i < Runs && System.Diagnostics.Stopwatch.GetElapsedTime(start) < longest; i++)
                    run.Run(cancellation);
            }
            return Read(File.ReadAllBytes(model.Session.EndProfiling()));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <param name="profile">An array of events; those of a kernel have its node's index and operator among their arguments.</param>
    internal static IReadOnlyList<TimedKernel> Read(ReadOnlyMemory<byte> profile)
    {
        Dictionary<string, (string Node, string Operator, List<double> Microseconds)> nodes = [];
        using JsonDocument document = JsonDocument.Parse(profile);
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            if (entry.GetProperty("name").GetString() is not { } name || !name.EndsWith(KernelEvent, StringComparison.Ordinal))
                continue;
            JsonElement arguments = entry.GetProperty("args");
            string type = arguments.GetProperty("op_name").GetString() ?? "";
            string node = $"{name} {(arguments.TryGetProperty("node_index", out JsonElement index) ? index.ToString() : "")}";
            if (!nodes.TryGetValue(node, out (string, string, List<double> Microseconds) times))
                nodes[node] = times = (name[..^KernelEvent.Length], type, []);
            times.Microseconds.Add(entry.GetProperty("dur").GetDouble());
        }
        return
        [
            .. nodes.Values.Select(node => new TimedKernel(
                node.Node,
                node.Operator,
                LatencyResult.MedianOf(node.Microseconds) / MicrosecondsPerMillisecond
            )),
        ];
    }
}
