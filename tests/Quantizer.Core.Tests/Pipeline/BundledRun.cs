using Quantizer.Pictures;
using Quantizer.Pipeline;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>One quantization of a bundled network by a few bundled pictures, with what an observer heard.</summary>
internal sealed class BundledRun : IDisposable
{
    public const int Samples = 24;

    private readonly TemporaryFolder _folder = new();

    /// <param name="change">What differs from the plainest run: no search, no discovery, a few pictures.</param>
    public BundledRun(Func<QuantizationOptions, QuantizationOptions>? change = null)
    {
        Options = (change ?? (options => options))(Plain with { OutputPath = _folder.File("int8.onnx") });
        Report = QuantizationPipeline.Quantize(Options, Heard, CancellationToken.None);
    }

    /// <summary>One way of choosing ranges, so that nothing is searched, and one fixed preparation.</summary>
    public static QuantizationOptions Plain { get; } =
        new()
        {
            ModelPath = Path.Combine(SharedFolder.Repository, "samples", "shapes-mobilenet.onnx"),
            CalibrationPaths = [Pictures("calib")],
            Samples = Samples,
            EvaluationSamples = Samples,
            Method = RangeMethod.MinMax,
            WeightRanges = WeightRangeMethod.MinMax,
            Pictures = new PictureOptions
            {
                Preset = PicturePreset.ImageNet,
                Channels = ChannelOrder.Rgb,
                Resize = ResizeConvention.Stretch,
            },
        };

    public QuantizationOptions Options { get; }

    public QuantizationReport Report { get; }

    public HeardProgress Heard { get; } = new();

    public byte[] Bytes => File.ReadAllBytes(Options.OutputPath!);

    public IEnumerable<TensorReport> Activations => Report.Tensors.Where(tensor => tensor.Method != "weights");

    public IEnumerable<TensorReport> Weights => Report.Tensors.Where(tensor => tensor.Method == "weights");

    public IEnumerable<string> IntegerNodes => Report.Nodes.Where(node => node.Decision == NodeDecision.Int8).Select(node => node.Name);

    public static string Pictures(string set) => Path.Combine(SharedFolder.Repository, "calibration-data", "shapes", set);

    public void Dispose() => _folder.Dispose();
}
