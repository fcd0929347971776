using System.Text.Json;
using Quantizer.Graphs.Files;

namespace Quantizer.Preprocessing;

/// <summary>
/// Reads <c>preprocessor_config.json</c>, which Hugging Face's image processors leave beside a model (or beside its
/// <c>onnx</c> folder), as far as it says how pictures are prepared.
/// </summary>
internal static class PreprocessorConfig
{
    public const string FileName = "preprocessor_config.json";

    /// <summary>The file for a model; null where there is none.</summary>
    public static string? PathFor(string modelPath)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(modelPath))!;
        string beside = Path.Combine(folder, FileName);
        if (File.Exists(beside))
            return beside;
        if (Path.GetFileName(folder) != "onnx" || Path.GetDirectoryName(folder) is not { } parent)
            return null;
        string above = Path.Combine(parent, FileName);
        return File.Exists(above) ? above : null;
    }

    /// <exception cref="QuantizationException">The file is no JSON object, or one of its values is not of its kind.</exception>
    public static PictureOptions Read(string path)
    {
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw new QuantizationException($"'{path}' is {kind}; a JSON file was expected. Remove it, or move the model elsewhere.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new PreprocessorConfigFields(document.RootElement, path).ToOptions();
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException(
                $"'{path}' cannot be read as JSON: {error.Message} Repair or remove it, or move the model elsewhere.",
                error
            );
        }
    }
}
