using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Plots;

/// <summary>A figure of both models as two bars from zero.</summary>
internal static class PairBars
{
    public static void Write(PageText page, Cell fp32, Cell int8)
    {
        double longest = Math.Max(fp32.Number ?? 0, int8.Number ?? 0);
        page.Add($"<div class=\"pair\">");
        WriteBar(page, "FP32", fp32, longest, PageText.OfMarkup("fp32"));
        WriteBar(page, "INT8", int8, longest, PageText.OfMarkup("int8"));
        page.Add($"</div>");
    }

    private static void WriteBar(PageText page, string model, Cell figure, double longest, PageText kind)
    {
        double share = longest > 0 && figure.Number is { } number && double.IsFinite(number) ? number / longest * 100 : 0;
        page.Add($"<span>{model}</span><svg class=\"bar {kind}\" aria-hidden=\"true\"><rect width=\"{share}%\" height=\"100%\"/></svg>");
        page.Add($"<span class=\"n\">{figure.Text}</span>");
    }
}
