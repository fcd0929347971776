using Quantizer.Pictures;
using Quantizer.Pipeline;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>A network as a user brings it: only its data are named, and of its pictures what nothing can tell.</summary>
/// <param name="Calibration">Below the folder of data, as <paramref name="Evaluation"/> is; null: measured on the calibration data, for
/// want of others.</param>
internal sealed record NetworkCase(string Name, string Calibration, string? Evaluation)
{
    private const string Pictures = "cifar10-calib",
        OtherPictures = "cifar10-val";

    public PictureOptions Preparation { get; init; } = new();

    public InputOptions Inputs { get; init; } = new();

    /// <summary>Of the evaluation data, below the folder of data.</summary>
    public string? Labels { get; init; }

    /// <summary>What the best other tool's file reaches in ONNX Runtime on these data, as rivals/users-networks.md in the folder of real
    /// models tells; empty: nobody has measured.</summary>
    public string Rival { get; init; } = "";

    public string ModelPath => SharedFolder.Model($"{Name}.onnx");

    public static NetworkCase[] All { get; } =
    [
        new("resnet20-cifar10-bn", Pictures, OtherPictures),
        new("resnet56-cifar10-bn", Pictures, OtherPictures),
        new("mobilenetv2-cifar10-bn", Pictures, OtherPictures),
        new("resnet8-mlperf", Pictures, OtherPictures),
        new("mobilenetv3-cifar10", Pictures, OtherPictures) { Rival = "97.4 %, 21.9 dB, 0.12x (dynamic)" },
        new("repvgg-cifar10", Pictures, OtherPictures) { Rival = "94.3 %, 15.8 dB, 2.36x" },
        new("bit-cifar10", Pictures, OtherPictures) { Rival = "98.6 %, 27.3 dB, 1.09x" },
        new("vit-cifar10", Pictures, OtherPictures) { Rival = "99.2 %, 37.3 dB, 1.88x (dynamic)" },
        new("efficientnet-lite0", "imagenet-calib", "imagenet-val")
        {
            Labels = "imagenet-val-labels.txt",
            Preparation = new() { Preset = PicturePreset.MinusOneOne, Resize = ResizeConvention.Crop },
            Rival = "18.9 dB, 1.91x; AdaRound 23.4 dB, 1.84x",
        },
        new("vww-mlperf", "pictures", null),
        new("kws-mlperf", "kws-features.npz", null),
        new("magika", "zoo/magika-calib.npz", "zoo/magika-val.npz"),
        new("ppocr-cls", "lines-turned-calib", "lines-turned-val")
        {
            Preparation = new() { Size = (192, 48) },
            Rival = "24.0 dB, 0.58x",
        },
        new("ppocrv5-cls", "lines-turned-calib", "lines-turned-val"),
        new("ppocrv4-det", "ocr/pages-calib", "ocr/pages-val")
        {
            Preparation = new() { Size = (640, 640) },
            Rival = "IoU .958, 14.9 dB, 1.27x",
        },
        new("ppocrv4-rec", "ocr/lines-calib", "ocr/lines-val") { Rival = "94.7 %, 10.3 dB, 1.36x" },
        new("yolo-composed", "composed-calib", "composed-val") { Rival = "F1 .967, 1.55x" },
        new("ultraface-rfb-320", "faces", null),
        new("fastestdet", "pictures", "objects")
        {
            Preparation = new() { Preset = PicturePreset.ZeroOne, Channels = ChannelOrder.Bgr },
        },
        new("mtcnn-pnet", "faces", null)
        {
            Preparation = new() { Preset = PicturePreset.MinusOneOne, Size = (320, 240) },
        },
        new("unet-shapes", "shapes-calib", "shapes-val") { Rival = "99.45 %, 31.7 dB, 1.90x" },
        new("spindle-unet", "zoo/spindle-unet-calib.npz", "zoo/spindle-unet-val.npz"),
        new("deepcut", "zoo/deepcut-calib.npz", "zoo/deepcut-val.npz"),
        new("all-minilm-l6-v2", "text/calib.npz", "text/val.npz") { Rival = "cosine .9972, 21.2 dB, 1.65x" },
        new("llama-bytes", "bytes/calib.npz", "bytes/val.npz") { Rival = "96.9 %, 31.5 dB, 1.80x (dynamic)" },
        new("lstm-bytes", "bytes/calib.npz", "bytes/val.npz") { Rival = "98.5 %, 46.4 dB, 2.62x (dynamic)" },
        new("oww-embedding", "audio/embedding-calib.npz", "audio/embedding-val.npz") { Rival = "20.8 dB, 1.58x" },
        new("oww-melspectrogram", "audio/mel-calib.npz", "audio/mel-val.npz") { Rival = "3.7 dB" },
        new("silero-vad", "silero-test.wav", null)
        {
            Inputs = new()
            {
                Frame = 576,
                Hop = 512,
                Constants = new Dictionary<string, IReadOnlyList<double>> { ["sr"] = [16000] },
                Feedback = new Dictionary<string, string> { ["state"] = "stateN" },
            },
        },
    ];

    public QuantizationOptions Options(string output) =>
        new()
        {
            ModelPath = ModelPath,
            CalibrationPaths = [SharedFolder.Data(Calibration)],
            EvaluationPaths = Evaluation is null ? [] : [SharedFolder.Data(Evaluation)],
            LabelsPath = Labels is null ? null : SharedFolder.Data(Labels),
            OutputPath = output,
            Pictures = Preparation,
            Inputs = Inputs,
        };
}
