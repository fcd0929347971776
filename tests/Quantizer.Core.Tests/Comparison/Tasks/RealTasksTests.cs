using Quantizer.Comparison.Tasks;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Comparison.Tasks;

/// <summary>Tasks of networks of many kinds are found without a word from the user.</summary>
public class RealTasksTests
{
    [SharedFolderTheory]
    [InlineData("vit-cifar10", "cifar10-val", "", TaskKind.Classes)]
    [InlineData("mobilenetv3-cifar10", "cifar10-val", "", TaskKind.Classes)]
    [InlineData("repvgg-cifar10", "cifar10-val", "", TaskKind.Classes)]
    [InlineData("bit-cifar10", "cifar10-val", "", TaskKind.Classes)]
    [InlineData("resnet20-cifar10-bn", "cifar10-val", "", TaskKind.Classes)]
    [InlineData("mobilenetv2-cifar10-folded", "cifar10-val", "", TaskKind.Classes)]
    [InlineData("resnet8-mlperf", "cifar10-val", "", TaskKind.Classes)]
    [InlineData("efficientnet-lite0", "imagenet-val", "", TaskKind.Classes)]
    [InlineData("vww-mlperf", "faces", "", TaskKind.Classes)]
    [InlineData("mnist-8", "digits", "", TaskKind.Classes)]
    [InlineData("ppocr-cls", "lines-turned-val", "192x48", TaskKind.Classes)]
    [InlineData("ppocrv5-cls", "lines-turned-val", "", TaskKind.Classes)]
    [InlineData("kws-mlperf", "kws-features.npz", "", TaskKind.Classes)]
    [InlineData("magika", "zoo/magika-val.npz", "", TaskKind.Classes)]
    [InlineData("llama-bytes", "bytes/val.npz", "", TaskKind.Tokens)]
    [InlineData("unet-shapes", "shapes-val", "96x96", TaskKind.Pixels)]
    [InlineData("yolo-composed", "composed-val", "", TaskKind.Boxes)]
    [InlineData("ultraface-rfb-320", "faces", "", TaskKind.Boxes)]
    [InlineData("fastestdet", "objects", "", TaskKind.Boxes)]
    [InlineData("all-minilm-l6-v2", "text/val.npz", "", TaskKind.Embeddings)]
    [InlineData("oww-embedding", "audio/embedding-val.npz", "", TaskKind.Embeddings)]
    [InlineData("ppocrv4-rec", "ocr/lines-val", "320x48", TaskKind.Text)]
    [InlineData("ppocrv4-det", "ocr/pages-val", "640x640", TaskKind.Masks)]
    [InlineData("deepcut", "zoo/deepcut-val.npz", "", TaskKind.Decisions)]
    [InlineData("oww-melspectrogram", "audio/mel-val.npz", "", TaskKind.Values)]
    [InlineData("spindle-unet", "zoo/spindle-unet-val.npz", "", TaskKind.Values)]
    [InlineData("mtcnn-pnet", "faces", "224x224", TaskKind.Values)]
    public void The_task_is_found(string model, string data, string size, TaskKind kind)
    {
        string path = SharedFolder.Model($"{model}.onnx");
        using SourceModel source = SourceModel.Open(path);
        PictureOptions pictures = new()
        {
            // What grey pictures take as well.
            Preset = PicturePreset.ZeroOne,
            Size = size.Length == 0 ? null : (int.Parse(size.Split('x')[0]), int.Parse(size.Split('x')[1])),
        };
        DataOpening opening = new(source.Model, source.Session, path, pictures, new InputOptions(), threads: 1);
        using DataSet opened = opening.Open([SharedFolder.Data(data)], labelsPath: null, 8, seed: 0, CancellationToken.None);

        FoundTask found = Judging.Open(new TaskOptions(), labelsPath: null).Find(source, opened);

        Assert.True(kind == found.Kind, $"{model}: {found.Text}");
    }
}
