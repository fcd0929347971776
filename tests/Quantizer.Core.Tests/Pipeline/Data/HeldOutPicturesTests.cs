using Quantizer.Comparison.Tasks;
using Quantizer.Core.Tests.Pictures;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

public sealed class HeldOutPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Each form that is tried is compared on them.</summary>
    [Fact]
    public void Held_out_pictures_are_decoded_once()
    {
        foreach (string name in new[] { "calib/a.jpg", "calib/b.jpg", "eval/a.jpg", "eval/b.jpg" })
            _folder.Write(name, EncodedPictures.JpegSubsampled.Bytes);
        string model = _folder.File("model.onnx");
        OnnxFile.Write(new GraphBuilder().Input("x", [1, 3, 16, 16]).Node("GlobalAveragePool", ["x"], ["y"]).Output("y").Build(), model);
        QuantizationOptions options = new()
        {
            ModelPath = model,
            CalibrationPaths = [_folder.File("calib")],
            EvaluationPaths = [_folder.File("eval")],
            Pictures = new PictureOptions { Preset = PicturePreset.Raw, Channels = ChannelOrder.Rgb },
        };
        using SourceModel source = SourceModel.Open(model);
        SampleWorkers workers = new(1, CancellationToken.None);
        Judging judging = Judging.Open(new TaskOptions(), labelsPath: null);
        using RunData data = RunData.Open(options, judging, source, workers, CancellationToken.None);
        float[][] first = [.. Values(data.HeldOut!)];

        Directory.Delete(_folder.File("eval"), recursive: true);

        Assert.Equal(2, first.Length);
        Assert.Equal(first, Values(data.HeldOut!));
    }

    private static IEnumerable<float[]> Values(DataSet data) =>
        Enumerable.Range(0, data.Samples.Count).Select(data.Reader().Load).Select(sample => sample!.Inputs["x"].Floats.ToArray());
}
