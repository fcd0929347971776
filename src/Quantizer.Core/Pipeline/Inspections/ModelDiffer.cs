using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline.Reports;
using Quantizer.Reporting;
using Quantizer.Reporting.Differences;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Pipeline.Inspections;

/// <summary>Lays two model files beside each other: the forms of their nodes and their quantization parameters.</summary>
internal static class ModelDiffer
{
    /// <exception cref="ModelFormatException">A file is no readable model.</exception>
    public static ReportDifference Between(string before, string after)
    {
        using OnnxModel first = OnnxFile.Read(before),
            second = OnnxFile.Read(after);
        return new ReportDifference
        {
            Before = before,
            After = after,
            Figures =
            [
                new FigureDifference("Bytes", FigureUnit.Count, ReportParts.BytesOf(first), ReportParts.BytesOf(second)),
                new FigureDifference("Parameters", FigureUnit.Count, ReportParts.Parameters(first), ReportParts.Parameters(second)),
            ],
            Nodes = DifferenceFinder.Nodes(NodesOf(first), NodesOf(second)),
            Tensors = DifferenceFinder.Tensors(FileRanges.Of(first), FileRanges.Of(second)),
            Versions = [.. Versions(first, second).Where(version => version.Before != version.After)],
        };
    }

    private static IEnumerable<ValueDifference> Versions(OnnxModel first, OnnxModel second) =>
        [
            new(
                "producer",
                $"{first.ProducerName} {first.ProducerVersion}".Trim(),
                $"{second.ProducerName} {second.ProducerVersion}".Trim()
            ),
            new("opset", $"{first.Opset}", $"{second.Opset}"),
            new("IR version", $"{first.IrVersion}", $"{second.IrVersion}"),
        ];

    private static IReadOnlyList<NodeReport> NodesOf(OnnxModel model)
    {
        OnnxModel named = NamedNodes.In(model);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorShapes.OfBatch(named);
        WorkCount work = WorkCount.Of(named.Graph, SampleShapes.Declared(named.Graph, tensors));
        return [.. QuantizedFile.PlacementsOf(named, tensors, work).Select(node => ReportParts.Node(node, kernel: null))];
    }
}
