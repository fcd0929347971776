using Quantizer.Core.Tests.Normalization;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline.Reports;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Reports;

public sealed class BlockedLayoutFindingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_that_ONNX_Runtime_optimized_for_its_processor_is_told(bool isForProcessor)
    {
        OnnxModel source = new GraphBuilder()
            .Input("x", [1, 16, 8, 8])
            .Constant("w", [16, 16, 3, 3], NormalizedGraph.Values(16 * 16 * 9))
            .Node("Conv", ["x", "w"], ["y"])
            .Output("y")
            .Build();
        string path = _folder.File("optimized.onnx");
        OptimizationLevel level = isForProcessor ? OptimizationLevel.All : OptimizationLevel.Extended;
        InferenceModel.Load(source, new ExecutionOptions { Level = level, OptimizedModelPath = path }).Dispose();

        Finding[] findings = [.. BlockedLayoutFindings.Of(OnnxFile.Read(path).Graph)];

        Assert.Equal(isForProcessor ? ["QZ213"] : [], findings.Select(finding => finding.Code));
        Assert.All(findings, finding => Assert.Contains("1 of its convolutions", finding.Message, StringComparison.Ordinal));
    }
}
