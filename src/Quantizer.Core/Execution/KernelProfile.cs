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

    private const string KernelEvent = "_kernel_time";

    /// <summary>Each node's operator and its median time, milliseconds.</summary>
    /// <exception cref="QuantizationException">The model cannot run on the inputs.</exception>
    public static IReadOnlyList<(string Operator, double Milliseconds)> Measure(
        string path,
        int threads,
        IReadOnlyDictionary<string, TensorValue> inputs,
        CancellationToken cancellation
    )
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("quantizer-");
        try
        {
            ExecutionOptions options = new() { Threads = threads, ProfilePrefix = Path.Combine(folder.FullName, "profile") };
            using InferenceModel model = InferenceModel.Load(path, options);
            using (BoundRun run = new(model, inputs, [.. model.Outputs.Select(output => output.Name)]))
            {
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                for (int i = 0; i < Runs && System.Diagnostics.Stopwatch.GetElapsedTime(start) < Longest; i++)
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
    internal static IReadOnlyList<(string Operator, double Milliseconds)> Read(ReadOnlyMemory<byte> profile)
    {
        Dictionary<string, (string Operator, List<double> Microseconds)> nodes = [];
        using JsonDocument document = JsonDocument.Parse(profile);
        foreach (JsonElement entry in document.RootElement.EnumerateArray())
        {
            if (entry.GetProperty("name").GetString() is not { } name || !name.EndsWith(KernelEvent, StringComparison.Ordinal))
                continue;
            JsonElement arguments = entry.GetProperty("args");
            string type = arguments.GetProperty("op_name").GetString() ?? "";
            string node = $"{name} {(arguments.TryGetProperty("node_index", out JsonElement index) ? index.ToString() : "")}";
            if (!nodes.TryGetValue(node, out (string, List<double> Microseconds) times))
                nodes[node] = times = (type, []);
            times.Microseconds.Add(entry.GetProperty("dur").GetDouble());
        }
        return [.. nodes.Values.Select(node => (node.Operator, new LatencyResult(node.Microseconds).MedianMilliseconds / 1000))];
    }
}
