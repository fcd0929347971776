using Quantizer.Comparison.Tasks;
using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page.Plots;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Samples whose answer is another one in INT8, with both answers.</summary>
internal sealed class ChangedSection() : PageSection("changed", "Changed answers")
{
    /// <summary>The script shows the others when it is asked to.</summary>
    private const int FirstSamples = 12;

    public override bool IsIn(QuantizationReport report) =>
        report.Details is { } details && (details.Changed.Count > 0 || report.Task is not null);

    public override void Write(QuantizationReport report, PageText page)
    {
        ReportDetails details = report.Details!;
        if (details.Changed.Count == 0)
        {
            page.Add($"<p>Both models give the same answer to every sample.</p>\n");
            return;
        }
        string all = report.Data.Evaluation is { } evaluation ? $" of {FigureText.Count(evaluation.Samples, "sample")}" : "";
        page.Add($"<p>{FigureText.Count(details.ChangedInAll)}{all} have another answer in INT8");
        if (details.ChangedInAll > details.Changed.Count)
            page.Add($"; the {FigureText.Count(details.Changed.Count)} that differ most are here");
        page.Add($".");
        if (details.Changed.Any(sample => sample.Boxes.Count > 0))
            page.Add($" Boxes: FP32 solid, INT8 dashed; those that only one model has are thick.");
        page.Add($"</p>\n");
        if (report.Task?.Certainty is { } certainty)
        {
            page.Add($"<p>{report.Task.Headline.Name}: {CertaintyText.Interval(certainty)}.");
            if (certainty.AgainstTruth is { } changes)
                page.Add($" {CertaintyText.Changes(changes)}: {CertaintyText.Verdict(changes)}.");
            page.Add($"</p>\n");
        }
        bool isText = report.Task?.Kind is TaskKind.Text or TaskKind.Tokens;
        bool arePictures = details.Changed.Any(sample => sample.Thumbnail is not null);
        // Two pictures with masks beside each other, and lines of text, need more room.
        string wide = isText || details.Changed.Any(sample => sample.Fp32Mask is not null) ? " wide" : "";
        string held = details.Changed.Count > FirstSamples ? " held" : "";
        page.Add($"<ol class=\"samples {(arePictures ? "pictures" : "lines")}{wide}{held}\" id=\"changed-samples\">\n");
        foreach ((int index, ChangedSample sample) in details.Changed.Index())
        {
            page.Add($"<li class=\"{(index < FirstSamples ? "first" : "rest")}\">");
            WriteSample(page, sample, isText);
            page.Add($"</li>\n");
        }
        page.Add($"</ol>\n");
    }

    private static void WriteSample(PageText page, ChangedSample sample, bool isText)
    {
        SamplePicture.Write(page, sample);
        page.Add($"<p class=\"name\"><code>{sample.Name}</code></p>\n<dl class=\"answers\">");
        if (isText)
        {
            (bool[] fp32, bool[] int8) = TextDifference.Of(sample.Fp32, sample.Int8);
            WriteAnswer(page, "FP32", sample.Fp32, fp32);
            WriteAnswer(page, "INT8", sample.Int8, int8);
        }
        else
        {
            WriteAnswer(page, "FP32", sample.Fp32, new bool[sample.Fp32.Length]);
            WriteAnswer(page, "INT8", sample.Int8, new bool[sample.Int8.Length]);
        }
        if (sample.Truth is { } truth)
            WriteAnswer(page, "right", truth, new bool[truth.Length]);
        page.Add($"<dt>SQNR</dt><dd>{FigureText.Decibels(sample.SqnrDb)}</dd></dl>");
    }

    private static void WriteAnswer(PageText page, string name, string text, bool[] isMarked)
    {
        page.Add($"<dt>{name}</dt><dd>");
        TextDifference.Write(page, text, isMarked);
        page.Add($"</dd>");
    }
}
