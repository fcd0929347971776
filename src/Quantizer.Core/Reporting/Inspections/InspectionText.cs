using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Inspections;

/// <summary>What an inspection comes to, in the same words everywhere.</summary>
internal static class InspectionText
{
    /// <summary>Where nobody timed the networks.</summary>
    public const string NotMeasured = "not measured; --measure times FP32 and INT8";

    /// <summary>Where there is no INT8 file to expect.</summary>
    public const string Nothing = "There is nothing that quantization would write as integers.";

    private const string Open = "sizes that the model leaves open";

    /// <summary>What the file is: 1.05 MiB, opset 13, IR version 7, made by pytorch 2.1.0.</summary>
    public static string File(ModelInspection inspection)
    {
        string producer = inspection.Producer.Length == 0 ? "" : $", made by {inspection.Producer}";
        return $"{FigureText.Bytes(inspection.FileBytes)}, opset {inspection.Opset}, IR version {inspection.IrVersion}{producer}";
    }

    /// <summary>40,813,184 multiply-accumulates per sample; 99.84 % of it would be placed as integers</summary>
    public static string Work(ModelInspection inspection)
    {
        string known = $"{FigureText.Count(inspection.MacsAtLeast)} multiply-accumulates per sample";
        string macs =
            inspection.Macs is not null ? known
            : inspection.MacsAtLeast > 0 ? $"at least {known}, the rest depends on {Open}"
            : $"unknown, because it depends on {Open}";
        if (inspection.IsQuantized)
            return $"{macs}; the model is quantized already";
        return inspection.PercentPlaced is { } placed ? $"{macs}; {FigureText.Percent(placed)} of it would be placed as integers" : macs;
    }

    /// <summary>about 0.276 MiB, 3.81x smaller</summary>
    public static string Size(ModelInspection inspection, ExpectedModel expected) =>
        $"about {FigureText.Bytes(expected.FileBytes, like: inspection.FileBytes)}, "
        + FigureText.SizeChange(inspection.FileBytes, expected.FileBytes);

    /// <summary>1.04 MiB, of the INT8 model 0.268 MiB</summary>
    public static string Weights(ExpectedModel expected) =>
        $"{FigureText.Bytes(expected.WeightBytes)}, of the INT8 model "
        + FigureText.Bytes(expected.Int8WeightBytes, like: expected.WeightBytes);

    /// <summary>0.250 MiB at once in FP32, for one sample, at '/conv1/Conv'; or why that is not known.</summary>
    public static string Activations(ActivationPeak peak)
    {
        if (peak.Bytes is not { } bytes)
            return $"unknown. {peak.Unknown}";
        string place = peak.Node.Length == 0 ? "" : $", at '{peak.Node}'";
        return $"up to {FigureText.Bytes(bytes)} at once in FP32, for one sample{place}";
    }

    /// <summary>2.59x faster (±0.08): 18.4 ms, INT8 7.10 ms</summary>
    public static string Speed(LatencyReport? latency) =>
        latency is null
            ? NotMeasured
            : $"{FigureText.Speed(latency.Speedup, latency.Spread)}: {FigureText.Duration(latency.Fp32Ms)}, INT8 "
                + FigureText.Duration(latency.Int8Ms);

    /// <summary>What a measured speed stands on.</summary>
    public static string Ground(LatencyReport latency) =>
        $"{FigureText.Count(latency.Threads, "thread")}, fed with zeros, ranges of activations made up; accuracy was not looked at";

    /// <summary>21 int8, 3 stored, 2 float: what the nodes would become.</summary>
    public static string Forms(IReadOnlyList<NodeReport> nodes) =>
        string.Join(
            ", ",
            nodes
                .CountBy(node => node.Decision)
                .OrderByDescending(form => form.Value)
                .Select(form => $"{FigureText.Count(form.Value)} {ReportWords.Decisions.WordOf(form.Key)}")
        );

    /// <summary>What it comes to, in a sentence.</summary>
    public static string Verdict(ModelInspection inspection)
    {
        if (inspection.IsQuantized)
            return "The model is quantized already.";
        if (inspection.Expected is not { } expected)
            return Nothing;
        string work = inspection.PercentPlaced is { } placed
            ? $"{FigureText.Share(placed)} of the work would run as integers"
            : "How much of the work would run as integers is not known";
        string size = FigureText.SizeChange(inspection.FileBytes, expected.FileBytes);
        string speed = inspection.Latency is { } latency ? $" Timed here: {FigureText.Speed(latency.Speedup, latency.Spread)}." : "";
        return $"{work}, and the file would be {size}.{speed}";
    }
}
