using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page;
using Quantizer.Reporting.Page.Plots;

namespace Quantizer.Core.Tests.Reporting.Page.Plots;

public sealed class LatencyPlotTests
{
    [Fact]
    public void Runs_that_the_system_interrupted_are_counted_and_do_not_widen_the_axis()
    {
        string plot = Draw(new LatencyRuns([1, 1.1, 1.2, 1.1, 1, 90], [0.5, 0.6, 0.5, 0.55, 0.5, 80]));

        Assert.Contains("2 slower runs not shown", plot);
        Assert.DoesNotContain(">90 ms<", plot);
        Assert.Contains("FP32, median 1.10 ms", plot);
    }

    /// <summary>Beyond the plot is the edge of a phone.</summary>
    [Fact]
    public void A_name_at_the_right_edge_ends_there_or_is_left_out_where_the_one_before_is_near()
    {
        // 1.2 ms lies at 98 % of the axis, a quarter behind 1 ms; 1.7 ms at 97 %, a seventh behind 1.6 ms.
        Assert.Contains("text-anchor=\"end\">1.2 ms</text>", Draw(new LatencyRuns([1.2, 0.45], [0.45])));
        Assert.DoesNotContain(">1.7 ms</text>", Draw(new LatencyRuns([1.7, 1.1], [1.1])));
        Assert.Contains("text-anchor=\"middle\">1.6 ms</text>", Draw(new LatencyRuns([1.7, 1.1], [1.1])));
    }

    [Fact]
    public void A_single_run_and_one_that_is_no_number_are_drawn() =>
        Assert.Contains("INT8 1 run,", Draw(new LatencyRuns([double.NaN], [2])));

    private static string Draw(LatencyRuns runs)
    {
        PageText page = new();
        LatencyPlot.Write(page, runs);
        return page.ToString();
    }
}
