using Quantizer.Graphs;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Reporting.Texts;
using Quantizer.Samples.Records;

namespace Quantizer.Pipeline.Inspections;

/// <summary>What can be done with a model for which there are no calibration data.</summary>
internal static class WithoutData
{
    /// <param name="inputs">The model's.</param>
    /// <exception cref="UsageException">The options ask for ranges that only data tell.</exception>
    /// <exception cref="QuantizationException">They do, and an input takes strings.</exception>
    public static void Require(PlacedModel placed, IReadOnlyList<TensorSignature> inputs, QuantizationOptions options)
    {
        if (options.EvaluationPaths.Count == 0 && options.LabelsPath is { } labels)
            throw new UsageException($"The labels '{labels}' are of no use without data. Give the data that they belong to with --eval.");
        if (options.RandomSamples is not null || options.Activations is ActivationMode.Dynamic or ActivationMode.None)
            return;
        // No kind of data would be of use.
        TextInputs.Refuse(inputs);
        IReadOnlyList<NodePlacement> dynamic = Placer.WithActivations(placed, ActivationMode.Dynamic, null).Sites.Nodes;
        int integers = dynamic.Count(node => node.Form == NodeForm.Dynamic),
            stored = dynamic.Count(node => node.Form == NodeForm.Stored);
        string inEachRun =
            integers == 0
                ? "--activations dynamic has no node to run on integers in this model; "
                : $"--activations dynamic runs {FigureText.Count(integers, "node")} on integers with ranges taken in each run and stores the "
                    + $"weights of {FigureText.Count(stored)} others as int8; ";
        throw new UsageException(
            "Option '--calib' is missing: typical inputs of the model, to learn the ranges of its activations from. Example: quantize "
                + $"model.onnx --calib ./images. Without data: {inEachRun}--activations none stores all weights as int8 and computes in "
                + "float, as fast as FP32; --random 64 calibrates on random numbers, which shows the speed and proves nothing else."
        );
    }
}
