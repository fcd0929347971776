using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Work;

namespace Quantizer.Verification;

/// <summary>Reads from a quantized file of any tool in which form its nodes are meant to run, and checks whether they do.</summary>
internal static class QuantizedFile
{
    /// <param name="sample">What the model is fed with, for the sizes of its tensors; null: those that it declares.</param>
    /// <exception cref="QuantizationException">ONNX Runtime cannot open the model.</exception>
    public static VerificationResult Verify(OnnxModel model, Target target, IReadOnlyDictionary<string, TensorValue>? sample)
    {
        OnnxModel named = NamedNodes.In(model);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorShapes.OfBatch(named);
        WorkCount work = WorkCount.Of(named, tensors, sample);
        RunningKernels kernels = target.KernelsOf(named);
        VerificationResult result = ModelVerifier.Verify(named, PlacementsOf(named, tensors, work), kernels, target.Runtime, work);
        RunningForms forms = new(ScopesOf(named.Graph), kernels, target.Runtime);
        return result with { Operators = forms.Of(named.Graph.EveryNode.Zip(result.Nodes)) };
    }

    /// <param name="named">A model whose nodes have names of their own.</param>
    /// <param name="tensors">Types and shapes of its tensors.</param>
    public static IReadOnlyList<NodePlacement> PlacementsOf(
        OnnxModel named,
        IReadOnlyDictionary<string, TensorSignature> tensors,
        WorkCount work
    )
    {
        Func<Node, GraphIndex> indexOf = ScopesOf(named.Graph);
        return [.. named.Graph.EveryNode.Select(node => new FileForms(indexOf(node), tensors).Of(node, WorkOf(node)))];

        // A branch that is not taken does no work, and has its form all the same.
        long? WorkOf(Node node) => work[node.Name] is 0 && WorkTable.Asks(node) ? null : work[node.Name];
    }

    /// <summary>The graph that each node stands in: the whole, or a body.</summary>
    private static Func<Node, GraphIndex> ScopesOf(Graph graph)
    {
        GraphIndex index = new(graph);
        IReadOnlyDictionary<Node, (Graph Body, GraphIndex Index)> bodies = BodyNodes.In(graph, index);
        return node => bodies.TryGetValue(node, out var scope) ? scope.Index : index;
    }
}
