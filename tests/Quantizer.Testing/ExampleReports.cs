using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting;

namespace Quantizer.Testing;

/// <summary>Reports with fixed figures.</summary>
public static class ExampleReports
{
    /// <summary>A classifier with labels, found preparation, findings of every severity.</summary>
    public static QuantizationReport Classifier { get; } =
        new()
        {
            Tool = new ToolReport("quantize", "0.1.0", "1.31.1"),
            Model = new ModelReport("resnet20.onnx", "resnet20.int8.onnx", "9f86d081884c7d65", 13, 272_474),
            Options = new Dictionary<string, string>
            {
                ["calib"] = "./train",
                ["method"] = "auto",
                ["exclude"] = "/head|1/*",
            },
            Preprocessing = new PreprocessingReport(
                "imagenet",
                [0.485f, 0.456f, 0.406f],
                [0.229f, 0.224f, 0.225f],
                1 / 255f,
                "rgb",
                "stretch",
                "pillow-bilinear",
                "nchw",
                "32x32",
                ChoiceGround.BatchNormalization,
                0.0512,
                "imagenet bgr",
                0.0731,
                "--preset imagenet --channels rgb --resize stretch"
            ),
            Data = new DataReport(
                new CalibrationDataReport(512, [new SkippedFile("cat/broken.jpg", "the picture ends early")]),
                new EvaluationDataReport(2000, 2000, HeldOut: true, [])
            ),
            Task = new TaskReport(
                TaskKind.Classes,
                "logits [1,10]: 10 class scores, as the data's labels want them",
                new TaskFigure("Same top class", FigureUnit.Percent, null, null, 99.1),
                97,
                MeetsFloor: true,
                [
                    new TaskFigure("Top-1 accuracy", FigureUnit.Percent, 91.65, 91.6, null),
                    new TaskFigure("Top-5 accuracy", FigureUnit.Percent, 99.65, 99.64, null),
                ]
            )
            {
                Certainty = new CertaintyReport(2000, 98.58, 99.43) { AgainstTruth = new AnswerChangesReport(2000, 6, 5, 7, 1) },
            },
            Outputs = [new OutputReport("logits", 34.21, 0.999812, MedianDb: 34.06, WorstTenthDb: 30.11)],
            Latency = new LatencyReport(1, 1.8437, 0.7123, 2.588, 0.083),
            Size = new SizeReport(1_103_442, 324_010),
            Integer = new IntegerReport(99.84, 99.84),
            Nodes =
            [
                new NodeReport("/conv1/Conv", "Conv", NodeDecision.Int8, "", "QLinearConv"),
                new NodeReport("/layer1/Add", "Add", NodeDecision.Int8, "", "QLinearAdd"),
                new NodeReport(
                    "/head|1/Softmax",
                    "Softmax",
                    NodeDecision.Float,
                    "ONNX Runtime has no faster integer kernel for Softmax",
                    "Softmax"
                ),
                new NodeReport("/head|1/Gemm", "Gemm", NodeDecision.Float, "excluded by --exclude '/head|1/*'", "FusedGemm"),
            ],
            Tensors =
            [
                new TensorReport("input", -2.1179f, 2.64f, [0.018657f], 114, "uint8", "minmax", 41.37),
                new TensorReport("/conv1/Conv_output_0", 0, 6.2831f, [0.024639f], 0, "uint8", "mse", 38.9),
                new TensorReport("conv1.weight", -0.9021f, 0.8804f, [0.0012f, 0.0071f, 0.0044f], 0, "int8", "weights", null),
            ],
            BiasCorrection = new BiasCorrectionReport(Taken: true, Layers: 20, Samples: 64, HeldOut: 256, BeforeDb: 29.93, AfterDb: 30.61),
            Timing = new TimingReport(412.2, 2210.4, 731, 85.3, 12.1, 640.9, 4102.7, 312L << 20)
            {
                CorrectionMs = 61.4,
                Stages =
                [
                    new StageTimeReport("Reading the model", 41.5),
                    new StageTimeReport("Calibrating", 1803.2),
                    new StageTimeReport("Comparing", 2201.4),
                ],
            },
            Findings =
            [
                new Finding(FindingSeverity.Info, "", "The head was left in float as asked.", ""),
                new Finding(
                    FindingSeverity.Warning,
                    "/layer3/conv2/Conv",
                    "3.2 % of its output's values lie beyond the chosen range, more than in any other tensor of this model.",
                    "Calibrate on more samples, or exclude it with --exclude '/layer3/conv2/Conv'."
                ),
            ],
        };

    /// <summary>Arrays into a network with two outputs and no classes; slower, and one output identical.</summary>
    public static QuantizationReport Regressor { get; } =
        Classifier with
        {
            Model = new ModelReport("models/depth.onnx", "models/depth.int8.onnx", "60303ae22b998861", 17, 12_000_000),
            Preprocessing = null,
            Data = new DataReport(new CalibrationDataReport(64, []), new EvaluationDataReport(64, 0, HeldOut: false, [])),
            Task = new TaskReport(
                TaskKind.Values,
                "depth [1,1,240,320]: nothing tells another task",
                new TaskFigure("Median SQNR of 'depth'", FigureUnit.Decibels, null, null, 14.3),
                15,
                MeetsFloor: false,
                []
            ),
            Outputs =
            [
                new OutputReport("depth", 18.42, 0.99281, MedianDb: 14.3, WorstTenthDb: double.NaN),
                new OutputReport("mask", null, 1),
            ],
            BiasCorrection = new BiasCorrectionReport(Taken: false, Layers: 3, Samples: 48, HeldOut: 16, BeforeDb: 18.9, AfterDb: 19.07),
            Latency = new LatencyReport(2, 35.2, 48.8, 0.7213, 0.0104),
            Findings = [],
        };

    /// <summary>A classifier whose pictures were prepared by a guess, and whose speed cannot be told from FP32's.</summary>
    public static QuantizationReport Guessed { get; } =
        Classifier with
        {
            Preprocessing = Classifier.Preprocessing! with
            {
                ChosenBy = ChoiceGround.Guess,
                Score = null,
                RunnerUp = null,
                RunnerUpScore = null,
                Guessed = true,
            },
            Task = Classifier.Task! with { GuessedPreparation = true },
            Outputs =
            [
                new OutputReport("logits", 34.21, 0.999812, GuessedPreparation: true),
                new OutputReport("noise", 0.0, 0.5, AllButZero: true, GuessedPreparation: true),
            ],
            BiasCorrection = null,
            Latency = new LatencyReport(1, 1.8437, 1.8112, 1.018, 0.0402),
            Findings = [],
        };

    /// <summary>A classifier that keeps one limit, misses one, and another whose figure is not known.</summary>
    public static QuantizationReport Limited { get; } =
        Classifier with
        {
            Limits =
            [
                new LimitReport("max-drop", "Top-1 accuracy, FP32 minus INT8", 0.5, 0.05, "points", LimitOutcome.Passed, ""),
                new LimitReport(
                    "min-sqnr",
                    "SQNR of the median sample of 'logits'",
                    40,
                    34.06,
                    "decibels",
                    LimitOutcome.Missed,
                    "SQNR of the median sample of 'logits' is 34.1 dB; at least 40.0 dB was asked for, and it misses that by 5.94 dB."
                ),
                new LimitReport(
                    "min-speedup",
                    "Speed-up",
                    1.5,
                    null,
                    "times",
                    LimitOutcome.Unknown,
                    "Speed-up cannot be judged: the speed was not measured; at least 1.50x was asked for."
                ),
            ],
            Findings =
            [
                new Finding(
                    FindingSeverity.Error,
                    "--min-sqnr",
                    "SQNR of the median sample of 'logits' is 34.1 dB; at least 40.0 dB was asked for, and it misses that by 5.94 dB.",
                    "Keep the noisiest part in float with --exclude."
                ),
                new Finding(
                    FindingSeverity.Error,
                    "--min-speedup",
                    "Speed-up cannot be judged: the speed was not measured; at least 1.50x was asked for.",
                    ""
                ),
                .. Classifier.Findings,
            ],
        };

    /// <summary>A detector with right boxes, whose output joins boxes and scores.</summary>
    public static QuantizationReport Detector { get; } =
        Classifier with
        {
            Model = new ModelReport("yolo.onnx", "yolo.int8.onnx", "60303ae22b998861", 17, 880_000),
            Data = new DataReport(new CalibrationDataReport(200, []), new EvaluationDataReport(300, 296, HeldOut: true, [])),
            Task = new TaskReport(
                TaskKind.Boxes,
                "output0 [1,14,320]: 4 coordinates and 10 scores of 320 cells",
                new TaskFigure("F1 between both", FigureUnit.Ratio, null, null, 0.99996),
                0.93,
                MeetsFloor: true,
                [
                    new TaskFigure("F1 against the right boxes", FigureUnit.Ratio, 0.768, 0.7612, null),
                    new TaskFigure("Objects found", FigureUnit.Count, 1204, 1198, null),
                    new TaskFigure("Worst tenth", FigureUnit.Ratio, null, null, 0.91),
                ]
            ),
            Floor = new FloorReport(
                0.9017,
                FloorOutcome.PartlyFloat,
                ["/head/Conv"],
                [
                    new FloorStep([], FloorOutcome.Stored, 0.9997, MeetsFloor: true),
                    new FloorStep(["/head/Conv"], FloorOutcome.PartlyFloat, 0.99996, MeetsFloor: true),
                ]
            ),
            Outputs =
            [
                new OutputReport(
                    "output0",
                    60.7,
                    0.999999,
                    MedianDb: 60.9,
                    WorstTenthDb: 55.2,
                    Parts:
                    [
                        new OutputReport("boxes", 60.8, 0.999999, MedianDb: 61, WorstTenthDb: 55.3),
                        new OutputReport("scores", 29.6, 0.99951, MedianDb: 29.1, WorstTenthDb: 24.4),
                    ]
                ),
            ],
            Findings = [],
        };

    /// <summary>A language model that was quantized without data.</summary>
    public static QuantizationReport Unjudged { get; } =
        Classifier with
        {
            Preprocessing = null,
            Data = new DataReport(new CalibrationDataReport(0, []), null),
            Task = null,
            Outputs = [],
            BiasCorrection = null,
            Latency = null,
            Nodes =
            [
                new NodeReport("/lstm/LSTM", "LSTM", NodeDecision.Dynamic, "", "DynamicQuantizeLSTM"),
                new NodeReport("/gru/GRU", "GRU", NodeDecision.Stored, "GRU has no integer kernel on this target", "GRU"),
                new NodeReport("/Softmax", "Softmax", NodeDecision.Float, "Softmax has no integer kernel on this target", "Softmax"),
            ],
            Findings =
            [
                new Finding(
                    FindingSeverity.Warning,
                    "accuracy",
                    "Without data nothing was judged.",
                    "Give data to measure on with --eval."
                ),
            ],
        };

    /// <summary>A comparison of two finished files: no calibration.</summary>
    public static QuantizationReport Comparison { get; } =
        Classifier with
        {
            Data = new DataReport(null, new EvaluationDataReport(1, 0, HeldOut: true, [])),
            Task = Classifier.Task! with { Headline = Classifier.Task!.Headline with { Between = 100 }, Figures = [] },
            BiasCorrection = null,
            Findings = [],
        };

    /// <summary>Figures that are no numbers, and the names of a hostile model.</summary>
    public static QuantizationReport Unpleasant { get; } =
        Classifier with
        {
            Outputs = [new OutputReport("a|b`c*<script>", double.PositiveInfinity, double.NaN)],
            BiasCorrection = new BiasCorrectionReport(Taken: false, Layers: 1, Samples: 3, HeldOut: 1, double.NaN, AfterDb: null),
            Latency = new LatencyReport(1, double.NaN, 0, double.PositiveInfinity, double.NaN),
            Tensors =
            [
                new TensorReport(
                    "new\nline",
                    float.NegativeInfinity,
                    float.NaN,
                    [float.PositiveInfinity],
                    0,
                    "uint8",
                    "minmax",
                    double.NaN
                ),
            ],
            Findings = [new Finding(FindingSeverity.Error, "a|b", "Text with *stars*, <b>bold</b>\nand a line end.", "")],
        };
}
