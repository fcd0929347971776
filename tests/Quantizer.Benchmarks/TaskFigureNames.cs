using Quantizer.Comparison.Tasks;
using Quantizer.Reporting;

namespace Quantizer.Benchmarks;

/// <summary>The figures of a comparison by names that do not depend on who judged, with how far two judges may differ.</summary>
internal static class TaskFigureNames
{
    public const string Agreement = "agreement %";
    public const string Top1 = "top-1 %";
    public const string Bits = "bits";
    public const string MeanIou = "mean IoU %";
    public const string F1 = "F1";
    public const string F1Truth = "F1 to truth";
    public const string Cosine = "cosine";
    public const string Neighbour = "neighbour %";
    public const string Characters = "characters %";
    public const string Iou = "IoU";

    private static readonly Dictionary<string, string> Known = new()
    {
        ["Same top class"] = Agreement,
        ["Same next token"] = Agreement,
        ["Same class of a pixel"] = Agreement,
        ["Same decision at 0.5"] = Agreement,
        ["Top-1 accuracy"] = Top1,
        ["Bits per token"] = Bits,
        ["Mean IoU"] = MeanIou,
        ["F1 between both"] = F1,
        ["F1 against the right boxes"] = F1Truth,
        ["Cosine"] = Cosine,
        ["Same nearest neighbour"] = Neighbour,
        ["Characters kept"] = Characters,
        ["IoU"] = Iou,
    };

    /// <summary>SQNR of an output, and of its parts as "output.part".</summary>
    public static string Sqnr(string output) => $"{output} dB";

    public static string Median(string output) => $"{output} median dB";

    public static string WorstTenth(string output) => $"{output} worst tenth dB";

    public static double ToleranceOf(string name) =>
        name.EndsWith('%') || name.EndsWith("dB", StringComparison.Ordinal) ? 0.1
        : name.StartsWith(Bits, StringComparison.Ordinal) ? 0.001
        : 0.005;

    public static Dictionary<string, double> Of(QuantizationReport report)
    {
        Dictionary<string, double> figures = [];
        foreach (TaskFigure figure in report.Task!.Figures.Prepend(report.Task.Headline).Where(figure => Known.ContainsKey(figure.Name)))
        {
            string name = Known[figure.Name];
            if (figure.Between is { } between)
                figures[name] = between;
            if (figure is { Fp32: { } fp32, Int8: { } int8 })
                (figures[$"{name} FP32"], figures[$"{name} INT8"]) = (fp32, int8);
        }
        foreach (OutputReport output in report.Outputs)
        {
            Add(figures, output, output.Name);
            foreach (OutputReport part in output.Parts ?? [])
                Add(figures, part, $"{output.Name}.{part.Name}");
        }
        return figures;
    }

    private static void Add(Dictionary<string, double> figures, OutputReport output, string name)
    {
        if (output is not { SqnrDb: { } sqnr, MedianDb: { } median, WorstTenthDb: { } tenth })
            return;
        (figures[Sqnr(name)], figures[Median(name)], figures[WorstTenth(name)]) = (sqnr, median, tenth);
    }
}
