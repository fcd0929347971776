using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Core.Tests.Execution;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Kernels;
using Quantizer.Normalization;
using Quantizer.Normalization.Opsets;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Rewriting;
using Quantizer.Targets;
using Quantizer.Targets.OnnxRuntimeCpu.Kernels;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Rewriting;

/// <summary>
/// A small network taken through the stages from normalization to verification with min/max ranges of a few seeded samples, and
/// what ONNX Runtime makes of the result.
/// </summary>
internal sealed class QuantizedNetwork
{
    private const int CalibrationSamples = 6,
        TestSamples = 4,
        TestSeed = 900;

    /// <summary>Layout changes of ONNX Runtime: which of them appear depends on the processor.</summary>
    private static readonly HashSet<string> LayoutKernels = ["Transpose", "ReorderInput", "ReorderOutput"];

    private readonly OnnxModel _reference;

    private QuantizedNetwork(OnnxModel reference, QuantizationPlan plan, OnnxModel model, VerificationResult verification)
    {
        _reference = reference;
        Plan = plan;
        Model = model;
        Verification = verification;
    }

    public QuantizationPlan Plan { get; }

    public OnnxModel Model { get; }

    public VerificationResult Verification { get; }

    public QuantizationSites Sites => Plan.Sites;

    /// <summary>The operators that really run, sorted, each with its number: "DequantizeLinear QLinearConv*2 QuantizeLinear".</summary>
    public string Kernels =>
        Count(
            OptimizedGraph.Of(Model).Graph.Nodes.Select(node => KernelNames(node.OpType)).Where(kernel => !LayoutKernels.Contains(kernel))
        );

    /// <summary>Likewise those inside the bodies of nodes.</summary>
    public string BodyKernels =>
        Count(
            OptimizedGraph
                .Of(Model)
                .Graph.Nodes.SelectMany(node => node.Subgraphs)
                .SelectMany(body => body.EveryNode)
                .Select(node => KernelNames(node.OpType))
        );

    /// <summary>The operators of the rewritten model, likewise.</summary>
    public string Operators => Count(Model.Graph.Nodes.Select(node => node.OpType));

    public static QuantizedNetwork Of(
        OnnxModel source,
        PlacementOptions? options = null,
        WeightOptions? weights = null,
        bool lowered = false,
        Target? target = null
    )
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(
            source,
            options?.Storage == WeightStorage.Int4 ? OpsetUpgrade.Blocks : OpsetUpgrade.Target
        );
        target ??= QuantizationTarget.Default.Target;
        if (lowered)
            normalized = target.Lower(normalized, options ?? PlacementOptions.Default);
        QuantizationSites sites = Placer.Place(normalized.Graph, normalized.SampleTensors, target, options ?? PlacementOptions.Default);
        CalibrationStatistics statistics = Calibrator
            .Run(
                normalized.Model,
                sites.Observed,
                new ArraySamples(Samples(source, CalibrationSamples, seed: 1)),
                CalibrationOptions.Default with
                {
                    Workers = 1,
                }
            )
            .Statistics;
        QuantizationPlan plan = new RangePlanner(sites, statistics, normalized.Graph, weights ?? WeightOptions.Default).Plan(
            new MinMaxSelector()
        );
        OnnxModel model = GraphRewriter.Rewrite(normalized.Model, plan);
        return new QuantizedNetwork(
            source,
            plan,
            model,
            ModelVerifier.Verify(
                model,
                sites.Nodes,
                target,
                WorkCount.Of(normalized.Graph, SampleShapes.Declared(normalized.Graph, normalized.SampleTensors))
            )
        );
    }

    /// <summary>What really runs for a node.</summary>
    public string? KernelOf(string node) =>
        Verification.Nodes.Single(verified => verified.Placement.Node == node).Kernel is { } kernel ? KernelNames(kernel) : null;

    public bool RunsOnIntegers(string node) => Verification.Nodes.Single(verified => verified.Placement.Node == node).RunsOnIntegers;

    public bool IsInteger(string node) => Sites.Nodes.Single(placement => placement.Node == node).IsInteger;

    public string ReasonOf(string node) => Sites.Nodes.Single(placement => placement.Node == node).Reason;

    /// <summary>True when every such operator of the optimized graph reads bytes: from an integer kernel, or another mover of
    /// bytes.</summary>
    public bool RunsOnBytes(string operatorType) => TypesReadBy(operatorType) is [ElementType.UInt8];

    public bool RunsInFloat(string operatorType) => TypesReadBy(operatorType) is [ElementType.Float];

    public ActivationSite Site(string tensor) => Sites.Activations.Single(site => site.Tensor == tensor);

    public Tensor Constant(string name) => Constants.Single(tensor => tensor.Name == name);

    /// <summary>Of the main graph and of all bodies.</summary>
    public IEnumerable<Tensor> Constants =>
        Model.Graph.EveryNode.SelectMany(node => node.Subgraphs).Prepend(Model.Graph).SelectMany(graph => graph.Initializers);

    /// <summary>
    /// Asserts that the quantized network's outputs, on samples that calibration did not see, have the reference's names,
    /// types and shapes and at least a signal over error of <paramref name="decibels"/> each.
    /// </summary>
    public void AssertClose(double decibels)
    {
        using InferenceModel reference = InferenceModel.Load(_reference),
            quantized = InferenceModel.Load(Model);
        Assert.Equal(
            reference.Outputs.Select(output => (output.Name, output.Type)),
            quantized.Outputs.Select(output => (output.Name, output.Type))
        );
        Dictionary<string, DifferenceSums> sums = reference.Outputs.ToDictionary(output => output.Name, _ => default(DifferenceSums));
        foreach (IReadOnlyDictionary<string, TensorValue> inputs in Samples(_reference, TestSamples, TestSeed))
        {
            IReadOnlyDictionary<string, TensorValue> expected = reference.Run(inputs),
                found = quantized.Run(inputs);
            foreach (string output in expected.Keys)
            {
                Assert.Equal(expected[output].Shape, found[output].Shape);
                sums[output] += DifferenceSums.Of(expected[output].Floats, found[output].Floats);
            }
        }
        // Of random weights in pairs that must fit beside each other, steps are up to 1.4 times as wide.
        decibels -= PairSums.AreHere ? 3 : 0;
        Assert.All(
            sums,
            output =>
                Assert.True(
                    output.Value is { Signal: > 0, SqnrDb: var found } && found >= decibels,
                    $"Output '{output.Key}': {output.Value.SqnrDb:F1} dB, expected {decibels}."
                )
        );
    }

    /// <summary>Asserts that everything runs as it was meant to.</summary>
    public void AssertNoFindings() => Assert.Empty(Verification.Findings);

    /// <summary>The distinct types of what such operators of the optimized graph read first, as ONNX Runtime infers them.</summary>
    private ElementType[] TypesReadBy(string operatorType)
    {
        OnnxModel optimized = OptimizedGraph.Of(Model, OptimizationLevel.Extended);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorShapes.Of(optimized);
        return
        [
            .. optimized.Graph.Nodes.Where(node => node.OpType == operatorType).Select(node => tensors[node.Inputs[0]].Type).Distinct(),
        ];
    }

    private static List<IReadOnlyDictionary<string, TensorValue>> Samples(OnnxModel model, int count, int seed)
    {
        List<IReadOnlyDictionary<string, TensorValue>> samples = [];
        for (int sample = 0; sample < count; sample++)
        {
            samples.Add(
                model.Graph.Inputs.ToDictionary(
                    input => input.Name,
                    input =>
                    {
                        long[] shape = [.. input.Shape!.Select(axis => axis.Size ?? 1)];
                        return TensorValue.FromFloats(
                            shape,
                            SmallNetworks.Values((int)shape.Aggregate(1L, (product, size) => product * size), seed + sample)
                        );
                    }
                )
            );
        }
        return samples;
    }

    /// <summary>A float convolution has another name where the processor has no kernels for the blocked layout.</summary>
    private static string KernelNames(string kernel) => kernel == "FusedConv" ? "Conv" : kernel;

    private static string Count(IEnumerable<string> operators) =>
        string.Join(
            ' ',
            operators
                .GroupBy(name => name)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Count() == 1 ? group.Key : $"{group.Key}*{group.Count()}")
        );
}
