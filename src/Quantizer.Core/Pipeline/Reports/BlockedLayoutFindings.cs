using Quantizer.Findings;
using Quantizer.Graphs;

namespace Quantizer.Pipeline.Reports;

/// <summary>Models that ONNX Runtime optimized for one kind of processor: their convolutions read and write channels in blocks.</summary>
internal static class BlockedLayoutFindings
{
    private const string Domain = "com.microsoft.nchwc";

    public static IEnumerable<Finding> Of(Graph graph)
    {
        int convolutions = graph.EveryNode.Count(node => node.Domain == Domain && node.OpType == "Conv");
        if (convolutions == 0)
            return [];
        return
        [
            FindingKind.BlockedLayout.Of(
                "model",
                $"{convolutions} of its convolutions are in ONNX Runtime's blocks of channels ({Domain}), for processors like the one that it "
                    + $"was optimized on: they stay as they are.",
                "Give the file from before ONNX Runtime optimized it, or one of its level 'extended' or below."
            ),
        ];
    }
}
