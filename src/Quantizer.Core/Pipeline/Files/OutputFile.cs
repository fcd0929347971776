using Quantizer.Graphs;

namespace Quantizer.Pipeline.Files;

/// <summary>Where the result goes; found unusable before any work is done rather than after it.</summary>
internal static class OutputFile
{
    private const string Suffix = ".int8.onnx";

    /// <summary>The output's path: as asked for, or MODEL.int8.onnx beside the input.</summary>
    /// <exception cref="UsageException">It, or a report, would replace a file that the run reads, or two of them are one file.</exception>
    /// <exception cref="QuantizationException">It is a folder, or in a folder that cannot be written to.</exception>
    public static string Resolve(QuantizationOptions options, OnnxModel source)
    {
        (string modelPath, string? asked) = (options.ModelPath, options.OutputPath);
        string path = asked ?? Path.Combine(Path.GetDirectoryName(modelPath) ?? "", Path.GetFileNameWithoutExtension(modelPath) + Suffix);
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new QuantizationException(
                $"The output '{path}' is a folder; a file was expected. Give one with -o, for example -o "
                    + $"{Path.Combine(path, "model" + Suffix)}."
            );
        }

        RunOutputs outputs = new(RunInputs.Of(options, source));
        outputs.ClaimModel(path);
        string folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new QuantizationException($"The output's folder '{folder}' does not exist. Create it, or give another file with -o.");
        RunOutputs.RequireWritable(path, "output", "-o");
        outputs.ClaimReports(options.ReportPaths);
        return path;
    }
}
