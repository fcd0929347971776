using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pictures;
using Quantizer.Pipeline;
using Quantizer.Preprocessing;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>Networks that take two pictures, or a picture with numbers beside it.</summary>
public sealed class SeveralPicturesTests : IDisposable
{
    private const int Side = 32,
        Channels = 16,
        Pairs = 8;

    private static readonly string Shapes = Path.Combine(SharedFolder.Repository, "calibration-data/shapes/calib");

    private readonly TemporaryFolder _folder = new();

    public SeveralPicturesTests()
    {
        OnnxFile.Write(Network(), _folder.File("model.onnx"));
        Copy("arrow", "left", i => $"{i:000}.png");
        Copy("ring", "right", i => $"{i:000}.png");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_folder_feeds_its_input_as_the_same_values_in_arrays_do()
    {
        QuantizationReport pictures = Run("pictures.onnx", Data("left"), Data("right"));
        File.WriteAllBytes(_folder.File("left.npy"), Arrays("left"));
        File.WriteAllBytes(_folder.File("right.npy"), Arrays("right"));
        QuantizationReport arrays = Run("arrays.onnx", Data("left", "left.npy"), Data("right", "right.npy"));
        QuantizationReport beside = Run("beside.onnx", Data("left"), Data("right", "right.npy"));

        Assert.Equal(Pairs, pictures.Data!.Calibration!.Samples);
        Assert.Equal("--preset zero-one --channels rgb", pictures.Preprocessing!.Flags);
        Assert.Null(arrays.Preprocessing);
        Assert.NotNull(beside.Preprocessing);
        byte[] expected = File.ReadAllBytes(_folder.File("arrays.onnx"));
        Assert.Equal(expected, File.ReadAllBytes(_folder.File("pictures.onnx")));
        Assert.Equal(expected, File.ReadAllBytes(_folder.File("beside.onnx")));
    }

    [Fact]
    public void Names_that_differ_are_told()
    {
        Copy("ring", "others", i => $"r{i}.png");
        HeardProgress same = new(),
            other = new();

        Run("same.onnx", same, Data("left"), Data("right"));
        Run("other.onnx", other, Data("left"), Data("right", "others"));

        Assert.DoesNotContain(same.Notes, note => note.Contains("go together", StringComparison.Ordinal));
        Assert.Contains(
            other.Notes,
            note => note.EndsWith("go together in the order of their names: '000.png' with 'r0.png', and so on.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void One_folder_too_few_is_refused_with_what_to_give()
    {
        string unnamed = Assert.Throws<QuantizationException>(() => Run("x.onnx", _folder.File("left"))).Message,
            alone = Assert.Throws<QuantizationException>(() => Run("x.onnx", Data("left"))).Message;

        Assert.Contains("as in --calib left=FOLDER", unnamed, StringComparison.Ordinal);
        Assert.Contains("has no data for input 'right'", alone, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_word_on_the_preparation_nothing_is_guessed()
    {
        UsageException refused = Assert.Throws<UsageException>(() =>
            QuantizationPipeline.Quantize(Options("x.onnx", Data("left"), Data("right")) with { Pictures = new PictureOptions() })
        );

        Assert.Contains("--preset", refused.Message, StringComparison.Ordinal);
    }

    private string Data(string input, string? file = null) => $"{input}={_folder.File(file ?? input)}";

    private QuantizationReport Run(string output, params string[] data) => QuantizationPipeline.Quantize(Options(output, data));

    private void Run(string output, HeardProgress progress, params string[] data) =>
        QuantizationPipeline.Quantize(Options(output, data), progress);

    private QuantizationOptions Options(string output, params string[] data) =>
        new()
        {
            ModelPath = _folder.File("model.onnx"),
            CalibrationPaths = data,
            OutputPath = _folder.File(output),
            SlowIntegers = SlowIntegers.Kept,
            Pictures = new PictureOptions { Preset = PicturePreset.ZeroOne, Channels = ChannelOrder.Rgb },
        };

    private void Copy(string shape, string folder, Func<int, string> name)
    {
        Directory.CreateDirectory(_folder.File(folder));
        string[] files = [.. Directory.GetFiles(Path.Combine(Shapes, shape)).Order(StringComparer.Ordinal).Take(Pairs)];
        for (int i = 0; i < Pairs; i++)
            File.Copy(files[i], Path.Combine(_folder.File(folder), name(i)));
    }

    /// <summary>0..1 in RGB, written without what is under test.</summary>
    private byte[] Arrays(string folder)
    {
        List<float> values = [];
        foreach (string file in Directory.GetFiles(_folder.File(folder)).Order(StringComparer.Ordinal))
        {
            using OpenedPicture picture = PictureDecoder.Open(file, file);
            Pixels pixels = picture.Decode(
                new PictureGeometry(Side, Side, ResizeConvention.Stretch, Interpolation.PillowBilinear, IsGray: false)
            );
            for (int channel = 0; channel < 3; channel++)
            {
                for (int at = 0; at < Side * Side; at++)
                    values.Add((float)(pixels.Data[(3 * at) + channel] / 255.0));
            }
        }
        return NumPy.Array("<f4", [Pairs, 3, Side, Side], [.. values]);
    }

    /// <summary>Compares what the same layers see in both.</summary>
    private static OnnxModel Network()
    {
        GraphBuilder graph = new();
        graph
            .Input("left", ["batch", 3, Side, Side])
            .Input("right", ["batch", 3, Side, Side])
            .Constant("stem", [Channels, 3, 3, 3], Layers.Weights(Channels * 27, 27, "stem"))
            .Node("Conv", ["left", "stem"], ["a"])
            .Node("Conv", ["right", "stem"], ["b"])
            .Node("Sub", ["a", "b"], ["difference"])
            .Node("Relu", ["difference"], ["r"])
            .Conv("c", "r", Channels, Channels)
            .Node("GlobalAveragePool", ["c"], ["y"]);
        return graph.Output("y").Build();
    }
}
