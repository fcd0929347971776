using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Quantizer.Execution.Native;
using Quantizer.Pipeline.Stages;
using Quantizer.Reporting;

namespace Quantizer.Pipeline;

/// <summary>What it takes to make a file again, and the machine that the times are of.</summary>
internal static class Manifest
{
    /// <param name="int8Path">The file written; of a comparison the second one.</param>
    public static ManifestReport Of(IReadOnlyList<string> arguments, string int8Path, StageRunner stages) =>
        new(
            arguments,
            Environment.CurrentDirectory,
            HashOf(int8Path),
            ProcessorName.Text,
            Environment.ProcessorCount,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            Environment.Version.ToString(),
            stages.Started
        );

    /// <summary>SHA-256 in hexadecimal digits.</summary>
    public static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
