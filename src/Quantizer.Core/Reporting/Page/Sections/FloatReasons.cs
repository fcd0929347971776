using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Sections;

/// <summary>Why nodes stay in float, the most frequent reasons first.</summary>
internal static class FloatReasons
{
    /// <summary>More reasons to stay in float than these are told in a section of their own.</summary>
    private const int MostReasons = 4;

    /// <param name="section">Where each node stands by name.</param>
    public static void Write(IReadOnlyList<NodeReport> nodes, string section, PageText page)
    {
        NodeReport[] left = [.. nodes.Where(NodeText.IsInFloat)];
        if (left.Length == 0)
            return;
        IGrouping<string, NodeReport>[] reasons = [.. left.GroupBy(NodeText.Reason).OrderByDescending(reason => reason.Count())];
        page.Add($"<h2 class=\"small\">In float: {FigureText.Count(left.Length)} of {FigureText.Count(nodes.Count, "node")}</h2>\n");
        page.Add($"<ul class=\"reasons\">\n");
        foreach (IGrouping<string, NodeReport> reason in reasons.Take(MostReasons))
        {
            string operators = string.Join(
                ", ",
                reason.CountBy(node => node.OpType).Select(type => $"{type.Key} {FigureText.Count(type.Value)}")
            );
            page.Add($"<li><b>{operators}</b>: {(reason.Key.Length == 0 ? "no reason given" : reason.Key)}</li>\n");
        }
        page.Add($"</ul>\n<p class=\"quiet\"><a href=\"#{section}\">");
        if (reasons.Length > MostReasons)
            page.Add($"{FigureText.Count(reasons.Length - MostReasons, "more reason")}, and each node by name");
        else
            page.Add($"Each node by name");
        page.Add($"</a></p>\n");
    }
}
