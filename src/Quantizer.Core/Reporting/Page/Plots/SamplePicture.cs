using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Plots;

/// <summary>A sample's picture with what both models see on it.</summary>
internal static class SamplePicture
{
    public static void Write(PageText page, ChangedSample sample)
    {
        if (sample.Thumbnail is not { } picture)
            return;
        if (sample.Fp32Mask is null && sample.Int8Mask is null)
        {
            page.Add($"<div class=\"picture\"><img src=\"{picture}\" alt=\"{sample.Name}\">");
            WriteBoxes(page, sample.Boxes);
            page.Add($"</div>\n");
            return;
        }
        page.Add($"<div class=\"masks\">");
        WriteMask(page, picture, sample.Fp32Mask, "FP32");
        WriteMask(page, picture, sample.Int8Mask, "INT8");
        page.Add($"</div>\n");
    }

    private static void WriteMask(PageText page, string picture, string? mask, string model)
    {
        page.Add($"<figure class=\"picture\"><img src=\"{picture}\" alt=\"\">");
        if (mask is not null)
            page.Add($"<img class=\"mask\" src=\"{mask}\" alt=\"mask of {model}\">");
        page.Add($"<figcaption>{model}</figcaption></figure>");
    }

    /// <summary>Line styles, not only colours, tell the models apart.</summary>
    private static void WriteBoxes(PageText page, IReadOnlyList<DrawnBox> boxes)
    {
        if (boxes.Count == 0)
            return;
        int int8 = boxes.Count(box => box.IsInt8);
        page.Add($"<svg class=\"boxes\" role=\"img\" aria-label=\"{boxes.Count - int8} boxes of FP32, {int8} of INT8\">");
        foreach (DrawnBox box in boxes)
        {
            (string model, string kind) = box.IsInt8 ? ("INT8", "int8") : ("FP32", "fp32");
            page.Add($"<rect class=\"{kind}{(box.IsMatched ? "" : " alone")}\" x=\"{box.Left * 100}%\" y=\"{box.Top * 100}%\" ");
            page.Add($"width=\"{box.Width * 100}%\" height=\"{box.Height * 100}%\">");
            page.Add($"<title>{model}: class {box.Label}, {FigureText.Percent(box.Score * 100)}</title></rect>");
        }
        page.Add($"</svg>");
    }
}
