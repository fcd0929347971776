using Quantizer.Execution;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>A model as another tool quantized it.</summary>
internal sealed record Rival(string Tool, string Path)
{
    /// <summary>The files of that model's name, in a folder a tool; none without that folder. A file that does not open is left out,
    /// saying so.</summary>
    public static IReadOnlyList<Rival> Of(BenchmarkModel model)
    {
        DirectoryInfo tools = new(System.IO.Path.Combine(SharedFolder.Root, "rivals"));
        if (!tools.Exists)
            return [];
        return
        [
            .. tools
                .EnumerateDirectories()
                .OrderBy(tool => tool.Name, StringComparer.Ordinal)
                .Select(tool => new Rival(tool.Name, System.IO.Path.Combine(tool.FullName, $"{model.Name}.onnx")))
                .Where(rival => File.Exists(rival.Path) && rival.Opens(model.Name)),
        ];
    }

    private bool Opens(string model)
    {
        try
        {
            InferenceModel.Load(Path).Dispose();
            return true;
        }
        catch (QuantizationException error)
        {
            Console.WriteLine($"{model}: the file of {Tool} does not open and is left out.\n");
            Console.Error.WriteLine(error.Message);
            return false;
        }
    }
}
