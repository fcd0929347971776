using System.IO.Enumeration;
using Quantizer.Preprocessing;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>The models that are measured.</summary>
internal static class BenchmarkModels
{
    /// <summary>Real models: the optional ones beside the repository, and those under samples/.</summary>
    /// <param name="pattern">A glob over names.</param>
    public static IEnumerable<BenchmarkModel> Real(string pattern)
    {
        if (!SharedFolder.Exists)
            Console.WriteLine($"The folder of real models '{SharedFolder.Root}' does not exist: they are left out.\n");
        return [.. (SharedFolder.Exists ? Shared() : []).Concat(Bundled()).Where(model => Matches(model.Name, pattern) && IsThere(model))];
    }

    public static bool Matches(string name, string pattern) => FileSystemName.MatchesSimpleExpression(pattern, name);

    private static bool IsThere(BenchmarkModel model)
    {
        bool exists = File.Exists(model.Path);
        if (!exists)
            Console.WriteLine($"{model.Name} is left out: '{model.Path}' does not exist.\n");
        return exists;
    }

    private static BenchmarkModel[] Shared() =>
        [
            Cifar("resnet20-cifar10-bn", "imagenet", new(2.1, 28.8, 98.6)),
            Cifar("resnet20-cifar10-folded", "imagenet", new(2.1, 28.8, 98.6)),
            Cifar("resnet56-cifar10-bn", "imagenet", new(2.3, 28.2, 98.5)),
            Cifar("mobilenetv2-cifar10-bn", "cifar10", new(1.55, 33.8, 99.3)),
            Cifar("mobilenetv2-cifar10-folded", "cifar10", new(1.55, 33.8, 99.3)),
            Cifar("resnet8-mlperf", "raw", new(1.65, 24.8, 97.0)),
            Shared("vww-mlperf", "pictures", new PictureOptions { Preset = PicturePreset.ZeroOne }),
            Shared("ultraface-rfb-320", "pictures", new PictureOptions { Preset = PicturePreset.RawCentered }),
            Shared("fastestdet", "pictures", new PictureOptions { Preset = PicturePreset.ZeroOne, Channels = ChannelOrder.Bgr }),
            Shared("kws-mlperf", "kws-features.npz", new PictureOptions()),
            Shared("mnist-8", "digits", new PictureOptions { Preset = PicturePreset.Raw, Channels = ChannelOrder.Gray }),
        ];

    private static BenchmarkModel[] Bundled() =>
        [
            .. new[] { "shapes-resnet", "shapes-mobilenet" }.Select(name => new BenchmarkModel(
                name,
                InRepository("samples", $"{name}.onnx"),
                InRepository("calibration-data", "shapes", "calib"),
                new PictureOptions { Preset = PicturePreset.ImageNet }
            )
            {
                EvaluationPath = InRepository("calibration-data", "shapes", "val"),
            }),
        ];

    private static BenchmarkModel Cifar(string name, string preset, BenchmarkGoals goals) =>
        Shared(name, "cifar10-calib", new PictureOptions { Preset = PicturePreset.Parse(preset) }) with
        {
            EvaluationPath = SharedFolder.Data("cifar10-val"),
            Goals = goals,
        };

    private static BenchmarkModel Shared(string name, string data, PictureOptions pictures) =>
        new(name, SharedFolder.Model($"{name}.onnx"), SharedFolder.Data(data), pictures);

    private static string InRepository(params string[] path) => Path.Combine([SharedFolder.Repository, .. path]);
}
