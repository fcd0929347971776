using System.Globalization;
using Quantizer.Core.Tests.Rewriting;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>Programs that use the library have cultures of their own; reports are the same for all.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_have_a_decimal_point_whatever_the_culture_of_the_caller()
    {
        string path = _folder.File("model.onnx");
        OnnxFile.Write(
            new GraphBuilder()
                .Input("x", [1, 16, 8, 8])
                .Conv("a", "x", 16, 16)
                .Constant("huge", [1, 1, 1, 1], [1.5e20f])
                .Node("Add", ["a", "huge"], ["s"])
                .Conv("b", "s", 16, 16)
                .Output("b")
                .Build(),
            path
        );
        CultureInfo outside = CultureInfo.CurrentCulture,
            comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        CultureInfo.CurrentCulture = comma;
        try
        {
            ModelInspection inspection = QuantizationPipeline.Inspect(path);

            Assert.Contains(inspection.Nodes, node => node.Reason.Contains("reaches 1.5e+20", StringComparison.Ordinal));
            Assert.Same(comma, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = outside;
        }
    }
}
