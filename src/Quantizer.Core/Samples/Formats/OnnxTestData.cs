using System.Globalization;
using System.Text.RegularExpressions;
using Quantizer.Graphs;
using Quantizer.Graphs.Files;
using Quantizer.Graphs.Serialization;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>
/// ONNX test data: folders of input_N.pb, each the tensor of the model's Nth input for one sample; one folder is one sample.
/// What it should make of them, output_N.pb, is not read.
/// </summary>
internal sealed partial class OnnxTestData : IRecordSource
{
    private readonly DataRequest _request;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<(string Input, string File)> Files)> _samples;

    private OnnxTestData(
        string path,
        DataRequest request,
        IReadOnlyList<(string Name, IReadOnlyList<(string Input, string File)> Files)> samples
    )
    {
        Path = path;
        _request = request;
        _samples = samples;
    }

    public string Path { get; }

    public int Count => _samples.Count;

    public IReadOnlyList<string> Inputs => [.. _samples[0].Files.Select(file => file.Input)];

    public static bool IsOne(string file) => InputFile().IsMatch(file);

    /// <param name="files">Names of input_N.pb files below the folder.</param>
    /// <exception cref="QuantizationException">A file has a number that no input has, or the first cannot be read.</exception>
    public static OnnxTestData Open(string path, IReadOnlyList<string> files, DataRequest request)
    {
        (string, IReadOnlyList<(string, string)>)[] samples =
        [
            .. files
                .Where(IsOne)
                .GroupBy(file => System.IO.Path.GetDirectoryName(file)!)
                .OrderBy(group => group.Key, NaturalOrder.Comparer)
                .Select(group =>
                    (
                        NameOf(group.Key, path),
                        (IReadOnlyList<(string, string)>)
                            [
                                .. group
                                    .Order(NaturalOrder.Comparer)
                                    .Select(file => (Input: InputOf(file, path, request), file))
                                    .Where(part => request.Inputs.Any(input => input.Name == part.Input)),
                            ]
                    )
                ),
        ];
        OnnxTestData opened = new(path, request, samples);
        // The rest is read when it is its turn.
        foreach ((string input, string file) in opened._samples[0].Files)
            opened.Read(input, file);
        return opened;
    }

    public string NameOf(int index) => _samples[index].Name;

    public IReadOnlyList<RawArray> Load(int index) => [.. _samples[index].Files.Select(file => Read(file.Input, file.File))];

    public void Dispose() { }

    private static string NameOf(string folder, string root) =>
        folder.Length > 0 ? folder.Replace('\\', '/') : System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(root));

    private static string InputOf(string file, string folder, DataRequest request)
    {
        string digits = InputFile().Match(file).Groups[1].Value;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < request.Order.Count
            ? request.Order[number]
            : throw new QuantizationException(
                $"'{System.IO.Path.Combine(folder, file)}' is for input {digits}; the model has {request.Order.Count}, from 0 on."
            );
    }

    private RawArray Read(string input, string file)
    {
        string path = System.IO.Path.Combine(Path, file);
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw new QuantizationException($"'{path}' is {kind}, not a file");
        Tensor tensor = Parse(path);
        if (ShapeFit.Of(tensor.Dimensions, _request[input]) is null)
        {
            throw new QuantizationException(
                $"'{path}' has the shape [{string.Join(", ", tensor.Dimensions)}]; input {ShapeFit.Describe(_request[input])} does not "
                    + $"take it."
            );
        }
        return new RawArray(input, tensor.Type, tensor.Dimensions, tensor.Data, $"'{path}'");
    }

    private static Tensor Parse(string path)
    {
        try
        {
            return TensorFile.Parse(File.ReadAllBytes(path), path);
        }
        catch (ModelFormatException error)
        {
            throw new QuantizationException(error.Message, error);
        }
    }

    [GeneratedRegex(@"(?:^|[/\\])input_(\d+)\.pb$", RegexOptions.CultureInvariant)]
    private static partial Regex InputFile();
}
