using Quantizer.Graphs.Files;

namespace Quantizer.Pipeline;

/// <summary>Where the result goes; found unusable before any work is done rather than after it.</summary>
internal static class OutputFile
{
    private const string Suffix = ".int8.onnx";

    /// <summary>The output's path: as asked for, or MODEL.int8.onnx beside the input.</summary>
    /// <exception cref="QuantizationException">It is the input itself, data that the run reads, a folder, or in a folder that cannot be written to.</exception>
    public static string Resolve(QuantizationOptions options)
    {
        (string modelPath, string? asked) = (options.ModelPath, options.OutputPath);
        string path = asked ?? Path.Combine(Path.GetDirectoryName(modelPath) ?? "", Path.GetFileNameWithoutExtension(modelPath) + Suffix);
        string full = Path.GetFullPath(path);
        if (full == Path.GetFullPath(modelPath)) throw new QuantizationException($"The output '{path}' is the input model itself, which is never changed. Give another file with -o.");
        if (Directory.Exists(full)) throw new QuantizationException($"The output '{path}' is a folder; a file was expected. Give one with -o, for example -o {Path.Combine(path, "model" + Suffix)}.");
        foreach (string? read in new[] { options.CalibrationPath, options.EvaluationPath, options.LabelsPath })
            if (read is not null && full == Path.GetFullPath(read)) throw new QuantizationException($"The output '{path}' is data that this run reads, which are never changed. Give another file with -o.");
        string folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder)) throw new QuantizationException($"The output's folder '{folder}' does not exist. Create it, or give another file with -o.");
        RequireWritable(path);
        return path;
    }

    private static void RequireWritable(string path)
    {
        try
        {
            new ReplacingFile(path).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException($"The output '{path}' cannot be written: {error.Message} Give a file in a folder that you may write to with -o.", error);
        }
    }
}
