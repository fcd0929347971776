using System.Text;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Preprocessing;

namespace Quantizer.Benchmarks;

/// <summary>The seeded networks as files, with a few random pictures to calibrate on: enough for speed, which is all they are
/// for.</summary>
internal static class SeededModels
{
    private const int Samples = 8;
    private const int SqueezeNetSamples = 41;

    /// <param name="folder">Where the files go.</param>
    /// <param name="pattern">A glob over names.</param>
    public static IEnumerable<BenchmarkModel> Write(string folder, string pattern)
    {
        if (BenchmarkModels.Matches("resnet18-224", pattern))
            yield return Write(folder, "resnet18-224", SeededNetworks.ResNet18(), new(Speedup: 3.0));
        if (BenchmarkModels.Matches("mobilenetv2-224", pattern))
            yield return Write(folder, "mobilenetv2-224", SeededNetworks.MobileNetV2(), new(Speedup: 2.0));
    }

    /// <summary>SqueezeNet 1.1 with as many pictures as a user may have at hand.</summary>
    public static BenchmarkModel WriteSqueezeNet(string folder) =>
        Write(folder, "squeezenet1.1-227", SeededNetworks.SqueezeNet(), new(), SqueezeNetSamples, SeededNetworks.SqueezeNetPictureShape);

    private static BenchmarkModel Write(string folder, string name, OnnxModel network, BenchmarkGoals goals) =>
        Write(folder, name, network, goals, Samples, SeededNetworks.PictureShape);

    private static BenchmarkModel Write(
        string folder,
        string name,
        OnnxModel network,
        BenchmarkGoals goals,
        int samples,
        long[] pictureShape
    )
    {
        string model = Path.Combine(folder, $"{name}.onnx"),
            pictures = Path.Combine(folder, $"{name}.npy");
        OnnxFile.Write(network, model);
        WritePictures(pictures, samples, pictureShape);
        return new BenchmarkModel(name, model, pictures, new PictureOptions()) { Goals = goals };
    }

    /// <summary>NumPy's format, version 1.0: magic, version, the header's length, the header, the values.</summary>
    private static void WritePictures(string path, int samples, long[] pictureShape)
    {
        // The header fills up to a multiple of 64 bytes, the ten before it included, and ends with a line feed.
        string shape = string.Join(", ", [samples, .. pictureShape.Skip(1)]);
        byte[] header = Encoding.ASCII.GetBytes($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}".PadRight(117) + "\n");
        using BinaryWriter writer = new(File.Create(path));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(header);
        RandomPictures source = new(samples, shape: pictureShape);
        for (int i = 0; i < samples; i++)
            writer.Write(source.Load(i).Inputs["x"].Data.Span);
    }
}
