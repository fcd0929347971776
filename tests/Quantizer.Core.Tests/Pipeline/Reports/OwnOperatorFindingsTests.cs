using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Pipeline.Reports;
using Quantizer.Targets;

namespace Quantizer.Core.Tests.Pipeline.Reports;

public class OwnOperatorFindingsTests
{
    [Fact]
    public void Each_operator_of_the_runtimes_own_is_named_with_its_number_and_what_it_gains()
    {
        Finding finding = Assert.Single(Of(Standard(), Quick()));

        Assert.Equal((FindingSeverity.Info, "operators"), (finding.Severity, finding.Subject));
        Assert.StartsWith("2 QuickGelu of com.microsoft, which only ONNX Runtime knows: a SiLU in one pass", finding.Message);
        Assert.Contains("--standard-only", finding.Remedy);
    }

    [Fact]
    public void None_where_the_users_file_holds_it_itself() => Assert.Empty(Of(Quick(), Quick()));

    [Fact]
    public void Those_inside_bodies_count()
    {
        OnnxModel written = Standard();
        written.Graph.Nodes.Add(new Node("If", ["c"], ["z"], "if") { Attributes = [NodeAttribute.Of("then_branch", Quick().Graph)] });

        Assert.StartsWith("2 QuickGelu", Assert.Single(Of(Standard(), written)).Message);
    }

    [Fact]
    public void None_where_all_are_standard() => Assert.Empty(Of(Standard(), Standard()));

    private static IEnumerable<Finding> Of(OnnxModel source, OnnxModel written) =>
        OwnOperatorFindings.Of(source, written, QuantizationTarget.Default.Target);

    private static OnnxModel Standard() => new GraphBuilder().Input("x", [4]).Node("Relu", ["x"], ["y"]).Output("y").Build();

    private static OnnxModel Quick()
    {
        OnnxModel model = Standard();
        model.Graph.Nodes.Add(new Node("QuickGelu", ["y"], ["z"], "quick", "com.microsoft"));
        model.Graph.Nodes.Add(new Node("QuickGelu", ["z"], ["u"], "quicker", "com.microsoft"));
        return model;
    }
}
