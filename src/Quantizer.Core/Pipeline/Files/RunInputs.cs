using Quantizer.Comparison.Tasks;
using Quantizer.Graphs;
using Quantizer.Graphs.Files;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Samples.Formats;

namespace Quantizer.Pipeline.Files;

/// <summary>Every file that a run reads, and so must never write.</summary>
internal sealed class RunInputs
{
    private readonly List<(FilePlace Place, string Description)> _files = [];
    private readonly HashSet<string> _folders = [];

    private RunInputs(IEnumerable<string> argumentFiles)
    {
        foreach (string path in argumentFiles)
            Add(path, $"the file '{path}' of arguments");
    }

    public static RunInputs Of(QuantizationOptions options, OnnxModel model)
    {
        RunInputs inputs = new(options.ArgumentFiles);
        inputs.AddModel(options.ModelPath, model);
        inputs.AddData([.. options.CalibrationPaths, .. options.EvaluationPaths], options.Inputs, options.LabelsPath, model);
        inputs.AddTruths(options.Judging);
        return inputs;
    }

    public static RunInputs Of(CompareOptions options, OnnxModel fp32, OnnxModel int8)
    {
        RunInputs inputs = new(options.ArgumentFiles);
        inputs.AddModel(options.Fp32Path, fp32);
        inputs.AddModel(options.Int8Path, int8);
        inputs.AddData(options.DataPaths, options.Inputs, options.LabelsPath, fp32);
        inputs.AddTruths(options.Judging);
        return inputs;
    }

    public static RunInputs Of(InspectOptions options, OnnxModel model)
    {
        RunInputs inputs = new(options.ArgumentFiles);
        inputs.AddModel(options.ModelPath, model);
        return inputs;
    }

    /// <summary>What the message calls the file that would be replaced; null when none would.</summary>
    public string? FindAt(FilePlace output)
    {
        foreach ((FilePlace place, string description) in _files)
        {
            if (place.IsSameAs(output))
                return description;
        }
        // What is not there replaces no picture.
        return output.Identity is null && !File.Exists(output.Real)
            ? null
            : _folders.Select(folder => SampleAt(output, folder)).FirstOrDefault(found => found is not null);
    }

    private void AddModel(string path, OnnxModel model)
    {
        Add(path, $"the model '{path}'");
        foreach (string weights in model.Files.Skip(1))
            Add(weights, $"the file '{weights}', which holds weights of the model '{path}'");
        if (PreprocessorConfig.PathFor(path) is { } config)
            Add(config, $"the file '{config}', which tells how the model's pictures are prepared");
    }

    private void AddData(IEnumerable<string> paths, InputOptions options, string? labels, OnnxModel model)
    {
        string[] names = [.. model.Graph.Inputs.Select(input => input.Name)];
        foreach (string path in paths.Select(text => DataPath.Of(text, names).Path))
            AddData(path);
        if (labels is not null)
            Add(labels, $"the labels file '{labels}'");
        if (options.TokenizerPath is { } tokenizer)
            Add(tokenizer, $"the tokenizer '{tokenizer}'");
    }

    private void AddData(string path)
    {
        if (Directory.Exists(path))
            _folders.Add(path);
        else
            Add(path, $"the data file '{path}'");
    }

    private void AddTruths(TaskOptions options)
    {
        if (options.BoxesPath is { } boxes)
            Add(boxes, $"the boxes file '{boxes}'");
        if (options.CharactersPath is { } characters)
            Add(characters, $"the file of characters '{characters}'");
        if (options.MasksPath is { } masks)
            AddData(masks);
        if (options.TargetsPath is { } targets)
            AddData(targets);
    }

    private void Add(string path, string description) => _files.Add((FilePlace.Of(path), description));

    /// <summary>Only pictures and data: a result of an earlier run that lies among them may be replaced.</summary>
    private static string? SampleAt(FilePlace output, string folder)
    {
        string real = RealPath.Of(folder);
        foreach (string name in FolderWalk.List(folder).Files.Where(IsSample))
        {
            FilePlace picture = new(name, Path.Combine(real, name), FileStatus.Of(Path.Combine(folder, name)).Identity);
            if (picture.IsSameAs(output))
                return $"the {(PictureKinds.IsPicture(name) ? "picture" : "file")} '{name}' of the data folder '{folder}'";
        }
        return null;
    }

    private static bool IsSample(string name) => PictureKinds.IsPicture(name) || DataFormats.Has(name) || OnnxTestData.IsOne(name);
}
