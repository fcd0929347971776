using System.Runtime.InteropServices;
using Quantizer.Execution.Native;
using Quantizer.Pipeline.Files;
using Quantizer.Pipeline.Stages;
using Quantizer.Reporting;

namespace Quantizer.Pipeline.Reports;

/// <summary>What it takes to make a file again, and the machine that the times are of.</summary>
internal static class Manifest
{
    /// <param name="int8Path">The file written; of a comparison the second one.</param>
    public static ManifestReport Of(IReadOnlyList<string> arguments, string int8Path, StageRunner stages) =>
        new(
            arguments,
            Environment.CurrentDirectory,
            FileHash.Of(int8Path),
            ProcessorName.Text,
            Environment.ProcessorCount,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            Environment.Version.ToString(),
            stages.Started
        );
}
