using System.Globalization;
using Quantizer.Choices;
using Quantizer.Comparison.Tasks.Recognition;

namespace Quantizer.Comparison.Tasks;

/// <summary>Every task: its word, how it is recognized, and the floor that its headline should keep. A new task is a new row.</summary>
internal static class TaskTable
{
    /// <summary>In the order in which they are tried: the most telling outputs first.</summary>
    private static readonly TaskRow[] Rows =
    [
        // Published INT8 detectors find 93 to 99 % of what FP32 finds.
        new(
            TaskKind.Boxes,
            "boxes",
            "matches detected objects (F1 at IoU 0.5)",
            0.93,
            FigureUnit.Ratio,
            "INT8 and FP32 find the same objects with an F1 of only {0}.",
            BoxesRecognition.Find
        ),
        new(
            TaskKind.Text,
            "text",
            "reads characters by CTC",
            97,
            FigureUnit.Percent,
            "INT8 keeps only {0} of the characters that FP32 reads.",
            TextRecognition.Find
        ),
        new(
            TaskKind.Tokens,
            "tokens",
            "scores the next token of the input",
            97,
            FigureUnit.Percent,
            "INT8 and FP32 agree on only {0} of the next tokens.",
            SequenceRecognition.FindTokens
        ),
        new(
            TaskKind.Positions,
            "positions",
            "scores classes at every position",
            97,
            FigureUnit.Percent,
            "INT8 and FP32 agree on only {0} of the positions.",
            SequenceRecognition.FindPositions
        ),
        // A typical error of 30 dB is hard to see.
        new(
            TaskKind.Pictures,
            "pictures",
            "makes pictures (PSNR)",
            30,
            FigureUnit.Decibels,
            "The pictures that INT8 makes are only {0} from FP32's.",
            MapRecognition.FindPictures
        ),
        new(
            TaskKind.Pixels,
            "pixels",
            "scores classes at every pixel",
            97,
            FigureUnit.Percent,
            "INT8 and FP32 agree on only {0} of the pixels.",
            MapRecognition.FindPixels
        ),
        new(
            TaskKind.Masks,
            "masks",
            "gives each pixel a probability, or one for each of several masks (intersection over union)",
            0.95,
            FigureUnit.Ratio,
            "The masks of INT8 and FP32 overlap by only {0} (intersection over union).",
            MapRecognition.FindMasks
        ),
        new(
            TaskKind.Decisions,
            "decisions",
            "gives a probability each, decided at 0.5",
            97,
            FigureUnit.Percent,
            "INT8 and FP32 decide alike on only {0} of the values.",
            VectorRecognition.FindDecisions
        ),
        // Published INT8 classifiers agree with their FP32 originals on 97 to 99.5 % of the samples.
        new(
            TaskKind.Classes,
            "classes",
            "scores one list of classes",
            97,
            FigureUnit.Percent,
            "INT8 and FP32 agree on only {0} of the samples.",
            evidence => SpanRecognition.Find(evidence) ?? VectorRecognition.FindClasses(evidence)
        ),
        // At 0.99 some 15 % of sentences get another nearest neighbour.
        new(
            TaskKind.Embeddings,
            "embeddings",
            "gives vectors to compare (cosine)",
            0.99,
            FigureUnit.Ratio,
            "The vectors of INT8 are only {0} like FP32's (cosine).",
            VectorRecognition.FindEmbeddings
        ),
        // Outputs noisier than this change what users see.
        new(
            TaskKind.Values,
            "values",
            "compares the numbers (SQNR, cosine)",
            15,
            FigureUnit.Decibels,
            "In the median sample the signal is only {0} above the quantization error.",
            _ => null
        ),
    ];

    public static WordTable<TaskKind> Words { get; } = new("task", [.. Rows.Select(row => (row.Kind, row.Word, row.Meaning))]);

    /// <summary>In the unit of the headline.</summary>
    public static double FloorOf(TaskKind kind) => Of(kind).Floor;

    /// <summary>The unit of the headline.</summary>
    public static FigureUnit UnitOf(TaskKind kind) => Of(kind).Unit;

    /// <summary>97 %, 0.95, 15 dB</summary>
    public static string FloorText(TaskKind kind) => Text(Of(kind).Floor, Of(kind).Unit);

    /// <summary>"97 % (text, tokens), 0.95 (masks)", the tasks of one floor together.</summary>
    public static string Floors { get; } =
        string.Join(
            ", ",
            Rows.GroupBy(row => (row.Floor, row.Unit), row => row.Word)
                .Select(tasks => $"{Text(tasks.Key.Floor, tasks.Key.Unit)} ({string.Join(", ", tasks)})")
        );

    /// <summary>What is told below the floor; {0} is the figure.</summary>
    public static string ShortfallOf(TaskKind kind) => Of(kind).Shortfall;

    /// <summary>What the evidence allows, in the order of the rows.</summary>
    public static IEnumerable<Recognized> AllowedBy(TaskEvidence evidence) => Rows.Select(row => row.Find(evidence)).OfType<Recognized>();

    /// <summary>Null where the outputs' shapes do not allow the task.</summary>
    public static Recognized? Of(TaskKind kind, TaskEvidence evidence) => Of(kind).Find(evidence);

    private static string Text(double floor, FigureUnit unit) =>
        floor.ToString(CultureInfo.InvariantCulture)
        + unit switch
        {
            FigureUnit.Percent => " %",
            FigureUnit.Decibels => " dB",
            _ => "",
        };

    private static TaskRow Of(TaskKind kind) => Rows.First(row => row.Kind == kind);

    private sealed record TaskRow(
        TaskKind Kind,
        string Word,
        string Meaning,
        double Floor,
        FigureUnit Unit,
        string Shortfall,
        Func<TaskEvidence, Recognized?> Find
    );
}
