using Quantizer.Execution;

namespace Quantizer.Benchmarks;

/// <summary>What stands above the tables: the command line, and what it ran on.</summary>
internal static class Measured
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public static void PrintHeading(string benchmark, BenchmarkOptions options)
    {
        string rounds = benchmark == "speed" ? $" --rounds {options.Rounds}" : "";
        string models = options.Models == "*" ? "" : $" --models '{options.Models}'";
        Console.WriteLine($"    dotnet run -c Release --project tests/Quantizer.Benchmarks -- {benchmark}{rounds}{models}\n");
        Console.WriteLine($"ONNX Runtime {InferenceModel.RuntimeVersion}, {Processor()}, {DateTime.UtcNow:yyyy-MM-dd}\n");
    }

    private static string Processor()
    {
        string? model = File.Exists(ProcessorFile) ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        string name = model is null ? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString() : model[(model.IndexOf(':') + 1)..].Trim();
        return $"{name}, {Environment.ProcessorCount} cores";
    }
}
