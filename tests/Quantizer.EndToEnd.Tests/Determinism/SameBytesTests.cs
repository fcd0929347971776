using System.IO.Compression;
using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;
using Quantizer.Targets;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Determinism;

/// <summary>The file that is written depends on the model, the data and the options, and on nothing else.</summary>
public sealed class SameBytesTests : IDisposable
{
    private const int Samples = 24;
    private const int ValuesPerSample = 3 * Networks.Side * Networks.Side;

    private readonly Workspace _workspace = new();
    private readonly string _model;

    public SameBytesTests() => _model = _workspace.Write("model.onnx", Networks.Classifier());

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("auto")]
    [InlineData("entropy")]
    public void Neither_batch_nor_workers_show(string method)
    {
        string data = _workspace.WriteSamples(Samples);
        byte[] expected = Quantized(_model, data, "--method", method, "--batch", "1", "--threads", "1");

        Assert.Equal(expected, Quantized(_model, data, "--method", method, "--batch", "3", "--threads", "2"));
        Assert.Equal(expected, Quantized(_model, data, "--method", method, "--batch", "16", "--threads", "1"));
        Assert.Equal(expected, Quantized(_model, data, "--method", method, "--batch", "1", "--threads", "2"));
    }

    [Fact]
    public void The_order_of_rows_does_not_show()
    {
        float[] values = RandomValues.Floats(Samples * ValuesPerSample, seed: 7);
        int[] order = [.. Enumerable.Range(0, Samples)];
        new Random(3).Shuffle(order);
        float[] shuffled = [.. order.SelectMany(row => values.AsSpan(row * ValuesPerSample, ValuesPerSample).ToArray())];

        Assert.Equal(Quantized(_model, Save("straight.npz", values)), Quantized(_model, Save("shuffled.npz", shuffled)));

        string Save(string name, float[] rows) =>
            _workspace.Write(
                name,
                NumPy.Archive(CompressionLevel.Fastest, ("x", NumPy.Array("<f4", [Samples, 3, Networks.Side, Networks.Side], rows)))
            );
    }

    [Fact]
    public void The_names_of_pictures_do_not_show()
    {
        for (int i = 0; i < Samples; i++)
        {
            byte[] picture = DrawnPictures.Png(i);
            _workspace.Write($"one/{i:00}.png", picture);
            _workspace.Write($"other/{i * 7 % Samples:00}-renamed.png", picture);
        }
        // Found out, the preparation would be the same too, but this network is a random one.
        string[] preparation = ["--preset", "imagenet"];

        Assert.Equal(Quantized(_model, _workspace.PathOf("one"), preparation), Quantized(_model, _workspace.PathOf("other"), preparation));
    }

    [Fact]
    public void Other_data_do_show()
    {
        string one = _workspace.WriteSamples(Samples);
        byte[] first = Quantized(_model, one);
        string other = _workspace.WriteRandom(
            "other.npz",
            "x",
            [Samples, 3, Networks.Side, Networks.Side],
            values =>
            {
                for (int i = 0; i < values.Length; i++)
                    values[i] *= 2f;
            }
        );

        Assert.NotEqual(first, Quantized(_model, other));
    }

    [Theory]
    [InlineData("minmax")]
    [InlineData("entropy")]
    [InlineData("percentile:99.9")]
    public void Statistics_merged_from_two_halves_give_the_file_of_the_whole(string method)
    {
        using OnnxModel source = OnnxFile.Read(_model);
        PlacedModel placed = Placer.Place(ModelNormalizer.Normalize(source), QuantizationTarget.Default.Target);
        (NormalizedModel lowered, QuantizationSites sites) = (placed.Lowered, placed.Sites);
        RowSamples samples = new("x", [1, 3, Networks.Side, Networks.Side], RandomValues.Floats(Samples * ValuesPerSample, seed: 7));

        CalibrationStatistics whole = Calibrate(0, Samples),
            first = Calibrate(0, 10),
            second = Calibrate(10, Samples);

        Assert.NotEmpty(sites.Observed);
        Assert.Equal(Written(whole), Written(first.Merge(second)));
        Assert.Equal(Written(whole), Written(second.Merge(first)));
        Assert.NotEqual(Written(whole), Written(first));

        CalibrationStatistics Calibrate(int from, int to) =>
            Calibrator.Run(lowered.Model, sites.Observed, samples.Rows(from, to), CalibrationOptions.Default).Statistics;

        byte[] Written(CalibrationStatistics statistics)
        {
            RangePlanner planner = new(
                sites,
                statistics,
                lowered.Graph,
                new WeightOptions(WeightGranularity.PerChannel, WeightRangeMethod.MinMax)
            );
            return OnnxFile.ToBytes(GraphRewriter.Rewrite(lowered.Model, planner.Plan(RangeMethod.Parse(method).Selectors[0])));
        }
    }

    [SharedFolderFact]
    public void A_real_network_is_the_same_for_every_batch_worker_and_name()
    {
        string model = SharedFolder.Model("resnet8-mlperf.onnx");
        string[] pictures =
        [
            .. Directory
                .EnumerateFiles(SharedFolder.Data("cifar10-calib"), "*.jpg", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Where((_, i) => i % 8 == 0),
        ];
        for (int i = 0; i < pictures.Length; i++)
        {
            _workspace.Write($"one/{i:00}.jpg", File.ReadAllBytes(pictures[i]));
            _workspace.Write($"other/{(i * 5) % pictures.Length:00}-renamed.jpg", File.ReadAllBytes(pictures[i]));
        }
        string one = _workspace.PathOf("one"),
            other = _workspace.PathOf("other");
        Assert.Equal(64, pictures.Length);
        byte[] expected = Quantized(model, one, "--batch", "1", "--threads", "1");

        Assert.Equal(expected, Quantized(model, one, "--batch", "3", "--threads", "2"));
        Assert.Equal(expected, Quantized(model, other, "--batch", "16", "--threads", "2"));
    }

    private byte[] Quantized(string model, string data, params string[] options)
    {
        string output = _workspace.PathOf("out.onnx");
        CommandLine.Run([model, "--calib", data, "-o", output, "--quiet", .. options]).MustSucceed();
        byte[] bytes = File.ReadAllBytes(output);
        File.Delete(output);
        return bytes;
    }
}
