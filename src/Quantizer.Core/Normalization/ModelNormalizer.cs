using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Normalization.Bodies;
using Quantizer.Normalization.Folding;
using Quantizer.Normalization.Opsets;
using Quantizer.Normalization.Repairs;
using Quantizer.Normalization.Unfusing;
using Quantizer.Normalization.Widening;

namespace Quantizer.Normalization;

/// <summary>Brings any FP32 model into the form the later stages work on. See <see cref="NormalizedModel"/>.</summary>
internal static class ModelNormalizer
{
    /// <summary>More rounds than any chain of folds has needed; a limit only against passes that undo each other.</summary>
    private const int MostRounds = 20;

    /// <summary>First of all: a model may import the standard operator set in its functions only.</summary>
    private static readonly NormalizationPass[] Functions = [new("inline functions", FunctionInlining.Apply)];

    /// <summary>Once, in this order.</summary>
    private static readonly NormalizationPass[] Preparation =
    [
        new("sort nodes", TopologicalOrder.Apply),
        new("remove repeated initializers", RepeatedInitializers.Apply),
        new("fix initializers", FixedInitializers.Apply),
        new("convert Constant nodes", ConstantNodes.Apply),
        new("name nodes", NodeNames.Apply),
        new("widen to float32", FloatWidening.Apply),
        new("move weights out of bodies", BodyConstants.Apply),
        new("remove dead code", DeadCode.Apply),
    ];

    /// <summary>Before the operator set changes: the fewer values are computed, the more upgrades know theirs.</summary>
    private static readonly NormalizationPass[] Constants =
    [
        new("follow sizes", ShapeArithmetic.Apply, RevealsShapes: true),
        new("fold constants", ConstantFolding.Apply, RevealsShapes: true),
        new("share equal constants", EqualConstants.Apply),
        new("remove dead code", DeadCode.Apply),
    ];

    /// <summary>In this order, again and again until none changes anything: each may make room for the others.</summary>
    private static readonly NormalizationPass[] Simplification =
    [
        .. Constants,
        new("take apart fused operators", FusedOperators.Apply, RevealsShapes: true),
        new("remove nodes that change nothing", PassThroughNodes.Apply),
        new("write out auto_pad", ExplicitPads.Apply),
        new("write out axes", ExplicitAxes.Apply),
        new("fold Pad", PadFolding.Apply),
        new("flatten weights", MatrixWeights.Apply),
        new("flatten biases", VectorBiases.Apply),
        new("find linear layers", EinsumProducts.Apply, RevealsShapes: true),
        new("fold Gemm factors", GemmFactors.Apply),
        new("bring Gemm into form", GemmOperands.Apply),
        new("fold batch normalization", ChannelAffineFolding.ApplyToBatchNormalization),
        new("fold constant arithmetic", ChannelAffineFolding.ApplyToConstantArithmetic),
        new("find global pooling", GlobalPooling.Apply),
    ];

    /// <param name="source">Is not changed, and must stay undisposed as long as the result is used.</param>
    /// <param name="leastOpset">The operator set that the result has at least: <see cref="OpsetUpgrade.Target"/>, or
    /// <see cref="OpsetUpgrade.Blocks"/> for weights in blocks.</param>
    /// <exception cref="QuantizationException">The model is quantized already, of an unsupported operator set, or ONNX Runtime refuses
    /// it.</exception>
    public static NormalizedModel Normalize(OnnxModel source, long leastOpset = OpsetUpgrade.Target)
    {
        QuantizedOperators.Refuse(source);
        GraphEdit edit = new(ModelCopy.Of(source));
        Run(Functions, edit);
        OpsetUpgrade.CheckRange(edit.Model);
        Run(Preparation, edit);
        if (edit.Model.Opset < OpsetUpgrade.Target)
            RunToFixpoint(Constants, edit);
        Run([new NormalizationPass("upgrade the operator set", upgraded => OpsetUpgrade.Apply(upgraded, leastOpset))], edit);
        RunToFixpoint(Simplification, edit);
        // Last: folding a normalization into weights can make them vanish.
        Run([new NormalizationPass(VanishingWeights.Pass, VanishingWeights.Apply)], edit);
        return Finish(edit);
    }

    private static NormalizedModel Finish(GraphEdit edit)
    {
        OnnxModel weightless = WeightlessModel.Of(edit.Model);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorShapes.Of(weightless);
        bool hasOpenBatch = edit.Graph.Inputs.Exists(input => input.Shape is [{ Size: null }, ..]);
        return new NormalizedModel(
            edit.Model,
            tensors,
            hasOpenBatch ? TensorShapes.OfBatch(weightless) : tensors,
            edit.Graph.Nodes.ToDictionary(node => node.Name, edit.Origins.Of),
            edit.Aliases.Where(pair => tensors.ContainsKey(pair.Key))
                .ToDictionary(pair => pair.Key, pair => (IReadOnlyList<string>)pair.Value),
            edit.Notes
        );
    }

    private static void RunToFixpoint(NormalizationPass[] passes, GraphEdit edit)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            if (!Run(passes, edit))
                return;
        }
    }

    private static bool Run(NormalizationPass[] passes, GraphEdit edit)
    {
        bool changed = false,
            revealed = false;
        foreach (NormalizationPass pass in passes)
        {
            (edit.Pass, edit.Current) = (pass.Name, null);
            try
            {
                if (!pass.Apply(edit))
                    continue;
                changed = true;
                revealed |= pass.RevealsShapes;
            }
            // A QuantizationException already says all the user needs.
            catch (Exception error) when (error is not (QuantizationException or OutOfMemoryException))
            {
                string place = edit.Current is { } node ? $" at node '{node.Name}' ({node.OpType})" : "";
                throw new QuantizationException($"Preparing the model failed in pass \"{pass.Name}\"{place}: {error.Message}", error);
            }
        }
        // Once a round, not after every pass: it takes a session of ONNX Runtime.
        if (revealed)
            edit.ForgetSignatures();
        return changed;
    }
}
