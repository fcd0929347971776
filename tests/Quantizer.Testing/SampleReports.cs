using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;

namespace Quantizer.Testing;

/// <summary>Reports with all that lies behind their figures.</summary>
public static class SampleReports
{
    /// <summary>One pixel, so that no compressor stands between a report and its golden file.</summary>
    private const string Pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";

    private static readonly ManifestReport Manifest = new(
        ["resnet20.onnx", "--calib", "./my pictures", "--exclude", "/head|1/*", "--report", "page.html"],
        "/home/someone/models",
        "0e7f2d61a8c4",
        "Some Processor 9000",
        8,
        "Linux 6.1 X64",
        "10.0.1",
        new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero)
    );

    /// <summary>A classifier of few layers with everything that a report can hold, every name in it hostile or plain.</summary>
    public static QuantizationReport Small { get; } =
        ExampleReports.Classifier with
        {
            Manifest = Manifest,
            Limits = ExampleReports.Limited.Limits,
            Findings =
            [
                new Finding(FindingSeverity.Warning, "latency", "INT8 gains next to nothing here (1.02x ±0.01).", "Deploy FP32.", "QZ102"),
                .. ExampleReports.Limited.Findings,
            ],
            Tried =
            [
                new TriedReport("ranges", "mse, weights by minmax", 30.9, 64, Taken: true),
                new TriedReport("ranges", "minmax, weights by minmax", 29.4, 64, Taken: false),
                new TriedReport("move", "/conv1/Conv_output_0: minmax", 30.4, 32, Taken: false) { BeforeDb = 30.6 },
                new TriedReport("move", "sum: entropy", null, 512, Taken: false) { BeforeDb = 30.9 },
                new TriedReport("float", "2 nodes whose integers take longer", null, 0, Taken: true) { Speedup = 1.21 },
            ],
            ChannelScales = new ChannelScalesReport(["/conv1/Conv_output_0"], 29.1, 31.2, 1.9),
            Floor = new FloorReport(
                96.1,
                FloorOutcome.PartlyFloat,
                ["/head|1/Gemm"],
                [
                    new FloorStep([], FloorOutcome.Stored, 99.9, MeetsFloor: true),
                    new FloorStep(["/head|1/Gemm"], FloorOutcome.PartlyFloat, 99.1, MeetsFloor: true),
                ]
            ),
            Details = new ReportDetails
            {
                Network =
                [
                    new LinkedNode("/conv1/Conv", ["input"], ["/conv1/Conv_output_0"], 442_368),
                    new LinkedNode("/layer1/Add", ["/conv1/Conv_output_0", "input"], ["sum"], 0),
                    new LinkedNode("/head|1/Gemm", ["sum"], ["logits"], 640),
                    new LinkedNode("/head|1/Softmax", ["logits"], ["</script><b>"], 0),
                ],
                Errors =
                [
                    new TensorError("/conv1/Conv_output_0", "/conv1/Conv", 38.2, 38.4, 38.9),
                    new TensorError("sum", "/layer1/Add", 35.1, null, 40),
                    new TensorError("logits", "/head|1/Gemm", 34.21, 120, null),
                    new TensorError("</script><b>", "/head|1/Softmax", null, null, null),
                ],
                Histograms =
                [
                    new TensorHistogram(
                        "/conv1/Conv_output_0",
                        0,
                        8,
                        1000,
                        400,
                        [300, 200, 60, 30, 5, 3, 1, 1],
                        [
                            new RangeThreshold("minmax", 0, 8, 34.5),
                            new RangeThreshold("mse", 0, 6.2831f, 38.9),
                            new RangeThreshold("entropy", 0, 5.5f, null),
                        ],
                        "mse",
                        0,
                        6.2831f,
                        0.024639f
                    ),
                    new TensorHistogram("logits", -4, 4, 10, 0, [1, 2, 4, 3], [new RangeThreshold("minmax", -4, 4, 41)], "", 0, 0, 0),
                ],
                Weights = [new WeightRange("conv1.weight", "/conv1/Conv", 0, [-0.15f, -0.9021f, 0], [0.12f, 0.8804f, 0])],
                Changed =
                [
                    new ChangedSample("val/cat/<1>.jpg", "cat 52.0 %", "dog 50.3 %", "cat", 12.4) { Thumbnail = Pixel },
                    new ChangedSample("val/dog/2.jpg", "dog 49.9 %", "frog 50.0 %", null, null),
                ],
                ChangedInAll = 18,
                Confusions = [new ChangedAnswer("cat", "dog", 11), new ChangedAnswer("dog", "frog", 7)],
                Latency = new LatencyRuns([1.9, 1.85, 1.8437, 2.4, 1.86], [0.72, 0.7123, 0.74, 0.73, 0.715]),
                Costs = new OutputCosts(
                    8,
                    3,
                    [new LayerCost("/head|1/Gemm", 33.4, 3.75), new LayerCost("/conv1/Conv", 39.2, null)],
                    "1 cannot be in integers without neighbours",
                    32.4,
                    44.1,
                    32.9
                ),
            },
        };

    /// <summary>A classifier of any depth, with pictures.</summary>
    /// <param name="layers">At least 3.</param>
    public static QuantizationReport Deep(int layers)
    {
        RandomNetwork network = new(layers);
        return ExampleReports.Classifier with
        {
            Manifest = Manifest,
            Nodes = network.Nodes,
            Tensors = network.Tensors,
            Details = network.Details([
                .. Enumerable
                    .Range(0, ReportDetails.MostSamples)
                    .Select(index => Sample(index, $"class {index % 7} 51.2 %", $"class {index % 5} 49.9 %")),
            ]),
        };
    }

    /// <summary>A detector with boxes of both models.</summary>
    public static QuantizationReport Boxes { get; } =
        Deep(40) with
        {
            Task = ExampleReports.Detector.Task,
            Floor = ExampleReports.Detector.Floor,
            Outputs = ExampleReports.Detector.Outputs,
            Details = new RandomNetwork(40).Details([
                .. Enumerable
                    .Range(0, 9)
                    .Select(index =>
                        Sample(index, "3 boxes", "2 boxes") with
                        {
                            Boxes =
                            [
                                new DrawnBox(false, true, 3, 0.91, 0.1, 0.15, 0.4, 0.5),
                                new DrawnBox(true, true, 3, 0.89, 0.11, 0.16, 0.4, 0.49),
                                new DrawnBox(false, false, 1, 0.55, 0.6, 0.55, 0.3, 0.35),
                            ],
                        }
                    ),
            ]),
        };

    /// <summary>Masks over pictures.</summary>
    public static QuantizationReport Masks { get; } =
        Boxes with
        {
            Floor = null,
            Task = new TaskReport(
                TaskKind.Masks,
                "mask [1,1,64,64]: one probability a pixel",
                new TaskFigure("Intersection over union", FigureUnit.Ratio, null, null, 0.9829),
                0.95,
                MeetsFloor: true,
                []
            ),
            Details = new RandomNetwork(40).Details([
                .. Enumerable
                    .Range(0, 6)
                    .Select(index =>
                        Sample(index, "31.2 % covered", "29.9 % covered") with
                        {
                            Fp32Mask = TestPictures.Mask(index, 20),
                            Int8Mask = TestPictures.Mask(index, 17),
                        }
                    ),
            ]),
        };

    /// <summary>Lines of text.</summary>
    public static QuantizationReport Lines { get; } =
        Boxes with
        {
            Floor = null,
            Task = new TaskReport(
                TaskKind.Text,
                "softmax [1,40,97]: 97 characters by CTC",
                new TaskFigure("Same characters", FigureUnit.Percent, null, null, 94.7),
                97,
                MeetsFloor: false,
                []
            ),
            Details = new RandomNetwork(40).Details([
                new ChangedSample("lines/0001.png", "Invoice No. 2024-118", "Invoice No, 2024-1I8", "Invoice No. 2024-118", 11.2),
                new ChangedSample("lines/0002.png", "total due", "tota1 due", null, 14.9),
            ]),
        };

    private static ChangedSample Sample(int index, string fp32, string int8) =>
        new($"val/{index % 10}/picture-{index:0000}.jpg", fp32, int8, $"class {index % 7}", 8 + index * 0.3)
        {
            Thumbnail = TestPictures.Thumbnail(index),
        };
}
