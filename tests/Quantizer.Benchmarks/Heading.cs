using System.Runtime.InteropServices;
using Quantizer.Execution;

namespace Quantizer.Benchmarks;

/// <summary>What stands above the figures: the command line that made them, and what it ran on.</summary>
internal static class Heading
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public static string Of(IEnumerable<string> args) =>
        $"""
                dotnet run -c Release --project tests/Quantizer.Benchmarks -- {string.Join(
                ' ',
                args.Select(arg => arg.Contains('*') ? $"'{arg}'" : arg)
            )}

            ONNX Runtime {InferenceModel.RuntimeVersion}, {Processor()}, {Environment.ProcessorCount} cores, {DateTime.UtcNow:yyyy-MM-dd}

            """;

    private static string Processor()
    {
        string? line = File.Exists(ProcessorFile)
            ? File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
