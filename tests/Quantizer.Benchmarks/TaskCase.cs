using Quantizer.Comparison.Tasks;
using Quantizer.Pipeline;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>A model whose task is judged by this program and by another judge.</summary>
/// <param name="Calibration">Below the folder of data, as <paramref name="Evaluation"/> is.</param>
/// <param name="Flags">Of the other judge; {data} is the folder of data.</param>
internal sealed record TaskCase(string Name, TaskKind Kind, string Calibration, string Evaluation, PictureOptions Pictures, string Flags)
{
    private const int CalibrationSamples = 16;

    public TaskOptions Judging { get; init; } = new();

    public InputOptions Inputs { get; init; } = new();

    /// <summary>No other judge reads its data: only the time of the comparison is measured.</summary>
    public bool IsTimedOnly => Flags.Length == 0;

    /// <summary>Its samples are padded. Decibels are of all positions for other judges, here of those that an attention mask switches
    /// on.</summary>
    public bool IsPadded { get; init; }

    public bool IsCountedOtherwise(string figure) => IsPadded && figure.EndsWith("dB", StringComparison.Ordinal);

    /// <summary>Judged by the judge that prints texts, not by the one that prints JSON.</summary>
    public bool IsByText { get; init; }

    /// <summary>Width and height: pictures are brought to them first, as every judge resizes in its own way. Null: all of them have the
    /// model's size.</summary>
    public (int Width, int Height)? ResizedTo { get; init; }

    public string ModelPath => SharedFolder.Model($"{Name}.onnx");

    /// <summary>What both judges read.</summary>
    /// <param name="folder">For pictures that are resized first.</param>
    public string DataIn(string folder) =>
        ResizedTo is var (width, height)
            ? ResizedPictures.Write(SharedFolder.Data(Evaluation), Path.Combine(folder, $"{Name}-pictures"), width, height)
            : SharedFolder.Data(Evaluation);

    public static TaskCase[] All { get; } =
    [
        new("resnet20-cifar10-bn", TaskKind.Classes, "cifar10-calib", "cifar10-val", ImageNet, $"--task classes {ImageNetFlags}"),
        new("llama-bytes", TaskKind.Tokens, "bytes/calib.npz", "bytes/val.npz", new(), "--task next"),
        new(
            "unet-shapes",
            TaskKind.Pixels,
            "shapes-calib",
            "shapes-val",
            ImageNet with
            {
                Size = (96, 96),
            },
            $"--task pixels --size 96x96 {ImageNetFlags} --masks {{data}}/shapes-val-masks"
        )
        {
            Judging = new() { MasksPath = SharedFolder.Data("shapes-val-masks") },
        },
        new(
            "yolo-composed",
            TaskKind.Boxes,
            "composed-calib",
            "composed-val",
            new() { Preset = PicturePreset.ZeroOne },
            "--task yolo --boxes {data}/composed-val-boxes.jsonl"
        )
        {
            Judging = new() { BoxesPath = SharedFolder.Data("composed-val-boxes.jsonl") },
        },
        new(
            "ultraface-rfb-320",
            TaskKind.Boxes,
            "faces",
            "faces",
            new() { Preset = PicturePreset.RawCentered },
            "--task ssd --output boxes --raw --mean 127,127,127 --std 128,128,128"
        )
        {
            ResizedTo = (320, 240),
        },
        new(
            "fastestdet",
            TaskKind.Boxes,
            "objects",
            "objects",
            new() { Preset = PicturePreset.ZeroOne, Channels = ChannelOrder.Bgr },
            "--bgr --det fastestdet"
        )
        {
            ResizedTo = (352, 352),
            IsByText = true,
        },
        new("oww-embedding", TaskKind.Embeddings, "audio/embedding-calib.npz", "audio/embedding-val.npz", new(), "--task embedding"),
        new(
            "ppocrv4-rec",
            TaskKind.Text,
            "ocr/lines-calib",
            "ocr/lines-val",
            new()
            {
                Preset = PicturePreset.MinusOneOne,
                Channels = ChannelOrder.Bgr,
                Size = (320, 48),
            },
            "--bgr --mean .5,.5,.5 --std .5,.5,.5 --size 320x48 --ctc"
        )
        {
            IsByText = true,
        },
        new(
            "ppocrv4-det",
            TaskKind.Masks,
            "ocr/pages-calib",
            "ocr/pages-val",
            ImageNet with
            {
                Channels = ChannelOrder.Bgr,
                Size = (640, 640),
            },
            "--bgr --mean .406,.456,.485 --std .225,.224,.229 --size 640x640 --iou 0.3"
        )
        {
            IsByText = true,
        },
        new(
            "all-minilm-l6-v2",
            TaskKind.Embeddings,
            "text/calib.npz",
            "text/val.npz",
            new(),
            "--task embedding --pool attention_mask --output last_hidden_state"
        )
        {
            IsPadded = true,
        },
        new("lstm-bytes", TaskKind.Tokens, "bytes/calib.npz", "bytes/val.npz", new(), "--task next --zero h0=2,1,256 --zero c0=2,1,256"),
        new("silero-vad", TaskKind.Values, "silero-test.wav", "silero-test.wav", new(), Flags: "")
        {
            Inputs = new()
            {
                Constants = new Dictionary<string, IReadOnlyList<double>> { ["sr"] = [16000] },
                Feedback = new Dictionary<string, string> { ["state"] = "stateN" },
                Frame = 576,
                Hop = 512,
            },
        },
        new("deepcut", TaskKind.Decisions, "zoo/deepcut-calib.npz", "zoo/deepcut-val.npz", new(), "--task binary"),
        new("spindle-unet", TaskKind.Values, "zoo/spindle-unet-calib.npz", "zoo/spindle-unet-val.npz", new(), "--task values"),
    ];

    private const string ImageNetFlags = "--mean .485,.456,.406 --std .229,.224,.225";

    private static PictureOptions ImageNet => new() { Preset = PicturePreset.ImageNet };

    /// <summary>Makes an INT8 file in little time: what it is worth does not matter here.</summary>
    public QuantizationReport Quantize(string output) =>
        QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = ModelPath,
                CalibrationPaths = [SharedFolder.Data(Calibration)],
                EvaluationPaths = [SharedFolder.Data(Evaluation)],
                EvaluationSamples = 1,
                OutputPath = output,
                Pictures = Pictures,
                Inputs = Inputs,
                Samples = CalibrationSamples,
                Method = RangeMethod.MinMax,
                WeightRanges = WeightRangeMethod.MinMax,
            },
            new SilentObserver(),
            CancellationToken.None
        );

    public QuantizationReport Compare(string int8, string data) =>
        QuantizationPipeline.Compare(
            new CompareOptions
            {
                Fp32Path = ModelPath,
                Int8Path = int8,
                DataPaths = [data],
                Pictures = Pictures,
                Inputs = Inputs,
                Judging = Judging,
                Samples = int.MaxValue,
            },
            new SilentObserver(),
            CancellationToken.None
        );
}
