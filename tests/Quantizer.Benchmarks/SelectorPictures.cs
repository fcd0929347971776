using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>Quantizes a bundled network and draws what every range selector makes of two of its tensors.</summary>
internal static class SelectorPictures
{
    private const string Model = "shapes-mobilenet.onnx";

    /// <summary>One with long tails on both sides, and one that a clamp ends at zero and six.</summary>
    private static readonly (string Tensor, string File)[] Pictures =
    [
        ("/block6/project/norm/BatchNormalization_output_0", "selectors-tails.svg"),
        ("/block1/expand/act/Clip_output_0", "selectors-clamped.svg"),
    ];

    public static int Run(string[] args)
    {
        if (args is not [string output])
            throw new ArgumentException("'selectors' takes the folder of the pictures and nothing else. See --help.");
        Directory.CreateDirectory(output);
        string root = SharedFolder.Repository;
        using TemporaryFolder folder = new();
        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = Path.Combine(root, "samples", Model),
                OutputPath = folder.File(Model),
                CalibrationPaths = [Path.Combine(root, "calibration-data/shapes/calib")],
                Details = true,
            }
        );
        foreach ((string tensor, string file) in Pictures)
        {
            TensorHistogram histogram =
                report.Details!.Histograms.FirstOrDefault(found => found.Name == tensor)
                ?? throw new InvalidOperationException($"'{Model}' has no calibrated tensor '{tensor}'.");
            string path = Path.Combine(output, file);
            File.WriteAllText(path, SelectorPicture.Of(histogram));
            Console.WriteLine(
                $"Wrote {path}, {FigureText.Bytes(new FileInfo(path).Length)}: {tensor}, {FigureText.Count(histogram.Count)} values"
            );
            foreach (RangeThreshold threshold in histogram.Thresholds)
                Console.WriteLine($"  {threshold.Method}: {threshold.Low:G4} to {threshold.High:G4}, {threshold.ExpectedSqnrDb:0.0} dB");
            Console.WriteLine($"  chosen: {histogram.Chosen}");
        }
        return 0;
    }
}
