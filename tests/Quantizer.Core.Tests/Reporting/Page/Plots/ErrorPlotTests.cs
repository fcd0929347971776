using Quantizer.Reporting.Details;
using Quantizer.Reporting.Page;
using Quantizer.Reporting.Page.Plots;

namespace Quantizer.Core.Tests.Reporting.Page.Plots;

public sealed class ErrorPlotTests
{
    [Fact]
    public void The_line_goes_from_input_to_output_and_the_worst_tensor_is_named()
    {
        string plot = Draw(
            new TensorError("a", "A", 40, 40, null),
            new TensorError("b", "B", 20, null, 30),
            new TensorError("c", "C", 30, null, null)
        );

        Assert.Contains("<path class=\"measured\" d=\"M0 0L500 280L1000 140\"/>", plot);
        Assert.Contains(">b: 20.0 dB</text>", plot);
        // Where a phone has no room for that.
        Assert.Contains("<span class=\"least\">least: b: 20.0 dB</span>", plot);
        Assert.Contains("<path class=\"own\" d=\"M0 0h0\"/>", plot);
        Assert.Contains("<path class=\"predicted\" d=\"M500 140h0\"/>", plot);
    }

    [Fact]
    public void Tensors_without_error_have_a_line_of_their_own_on_top()
    {
        string plot = Draw(
            new TensorError("a", "A", null, null, null),
            new TensorError("b", "B", 20, null, null),
            new TensorError("c", "C", 40, null, null)
        );

        Assert.Contains("M0 0L500 280L1000", plot);
        Assert.Contains(">same</text>", plot);
    }

    [Fact]
    public void Nothing_is_drawn_where_both_models_are_the_same() =>
        Assert.Contains("identical", Draw(new TensorError("a", "A", null, null, null)));

    private static string Draw(params TensorError[] errors)
    {
        PageText page = new();
        ErrorPlot.Write(page, errors);
        return page.ToString();
    }
}
