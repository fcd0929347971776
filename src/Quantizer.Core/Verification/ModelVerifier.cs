using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Rewriting;
using Quantizer.Work;

namespace Quantizer.Verification;

/// <summary>Opens a quantized model as users will and checks that integers really run where they were meant to.</summary>
internal static class ModelVerifier
{
    /// <param name="work">Of the nodes that were quantized.</param>
    /// <exception cref="QuantizationException">The runtime cannot open the model.</exception>
    public static VerifiedModel Verify(QuantizedModel quantized, WorkCount work) =>
        new(quantized, Verify(quantized.Model, quantized.Plan.Sites.Nodes, quantized.Plan.Sites.Target, work));

    /// <param name="quantized">The rewritten model.</param>
    /// <param name="placements">What was meant to become of each node.</param>
    /// <param name="target">Knows what its runtime makes of the model.</param>
    /// <param name="work">Of these nodes; those without any are not looked at.</param>
    /// <exception cref="QuantizationException">The runtime cannot open the model.</exception>
    public static VerificationResult Verify(OnnxModel quantized, IReadOnlyList<NodePlacement> placements, Target target, WorkCount work) =>
        Verify(quantized, placements, target.KernelsOf(quantized), target.Runtime, work);

    /// <param name="quantized">As above.</param>
    /// <param name="placements">As above.</param>
    /// <param name="kernels">What runs of the model.</param>
    /// <param name="runtime">What runs it.</param>
    /// <param name="work">As above.</param>
    public static VerificationResult Verify(
        OnnxModel quantized,
        IReadOnlyList<NodePlacement> placements,
        RunningKernels kernels,
        string runtime,
        WorkCount work
    )
    {
        GraphIndex index = new(quantized.Graph);
        Dictionary<string, Node> byName = quantized.Graph.EveryNode.ToDictionary(node => node.Name);
        List<VerifiedNode> nodes = [];
        foreach (NodePlacement placement in placements)
        {
            // A bias may be added by the product in front of it, and its Add is no node any more.
            string? kernel = byName.TryGetValue(placement.Node, out Node? node)
                ? kernels.KernelOf(node, work[placement.Node] is not 0 ? IntegerWeights.Of(node, index) : null)
                : null;
            // Of stored weights a kernel may multiply as they are: what it reads and writes is float all the same.
            bool runsOnIntegers = kernel is not null && placement.Form != NodeForm.Stored && kernels.MultipliesIntegers(kernel);
            nodes.Add(new VerifiedNode(placement, work[placement.Node], kernel, runsOnIntegers));
        }
        return new VerificationResult(nodes, [.. NodeFindings(nodes, kernels, runtime), .. kernels.Findings]);
    }

    private static IEnumerable<Finding> NodeFindings(IReadOnlyList<VerifiedNode> nodes, RunningKernels kernels, string runtime)
    {
        foreach (VerifiedNode node in nodes)
        {
            if (node.Macs == 0)
                continue;
            if (node.Placement.IsInteger && !node.RunsOnIntegers)
            {
                yield return FindingKind.RunsInFloat.Of(
                    node.Placement.Node,
                    $"{node.Placement.OpType} is quantized, but {runtime} runs it in float ({node.Kernel ?? "fused"}), dequantizing its "
                        + $"weights in every run.",
                    $"Exclude it with --exclude '{node.Placement.Node}'."
                );
            }

            // A product of two activations that both were dequantized, perhaps some reshapes ago, may run on what they were dequantized
            // from: it gives the same.
            bool addsNoError = node.Kernel is { } kernel && kernels.WritesFloat(kernel);
            if (!node.Placement.IsInteger && node.RunsOnIntegers && !addsNoError)
            {
                yield return FindingKind.RunsInIntegers.Of(
                    node.Placement.Node,
                    $"{node.Placement.OpType} was left in float, but {runtime} quantizes it by itself ({node.Kernel}).",
                    "Report this model's structure as a bug."
                );
            }
        }
    }
}
