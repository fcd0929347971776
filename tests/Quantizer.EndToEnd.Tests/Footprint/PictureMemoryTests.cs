using System.Runtime.InteropServices;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.EndToEnd.Tests.Footprint;

/// <summary>What a whole run takes at its peak when its pictures are large, as the report tells it.</summary>
public sealed class PictureMemoryTests : IDisposable
{
    private const int Pictures = 8;

    /// <summary>Of which the runtime, ONNX Runtime and the model take nearly half.</summary>
    private const long LargestBytes = 400L << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Eight_photos_of_24_megapixels() => Measure("jpg", Photo(6000, 4000));

    [Fact]
    public void Eight_pngs_of_100_megapixels()
    {
        using MemoryStream file = new();
        PngFile.Write(
            file,
            9999,
            9999,
            (y, row) =>
            {
                for (int i = 0; i < row.Length; i++)
                    row[i] = (byte)((i >> 3) + y);
            }
        );
        Measure("png", file.ToArray());
    }

    private void Measure(string ending, byte[] picture)
    {
        for (int i = 0; i < Pictures; i++)
            _workspace.Write($"pictures/{i}.{ending}", picture);
        string model = _workspace.Write("model.onnx", Networks.Classifier());
        string report = _workspace.PathOf("report.json");

        using RunningProgram program = new(
            _workspace.Folder("elsewhere"),
            model,
            "--calib",
            _workspace.PathOf("pictures"),
            "--preset",
            "zero-one",
            "--method",
            "minmax",
            "--report",
            report
        );
        Assert.True(program.ExitCodeWithin(Patience) == 0, program.Error);

        long peak = System
            .Text.Json.JsonDocument.Parse(File.ReadAllText(report))
            .RootElement.GetProperty("timing")
            .GetProperty("peakMemoryBytes")
            .GetInt64();
        // The report tells the peak so far, which is nearly the end. A peak below what any run takes would be no peak.
        Assert.InRange(peak, 32L << 20, LargestBytes);
    }

    private static byte[] Photo(int width, int height)
    {
        byte[] pixels = new byte[width * height * 4];
        for (int y = 0, i = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, i += 4)
            {
                (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (
                    (byte)(x >> 3),
                    (byte)(y >> 3),
                    (byte)((x ^ y) >> 4),
                    byte.MaxValue
                );
            }
        }
        GCHandle pin = GCHandle.Alloc(pixels, GCHandleType.Pinned);
        try
        {
            using SKPixmap pixmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), pin.AddrOfPinnedObject());
            using SKData? data = pixmap.Encode(SKEncodedImageFormat.Jpeg, 90);
            return data!.ToArray();
        }
        finally
        {
            pin.Free();
        }
    }
}
