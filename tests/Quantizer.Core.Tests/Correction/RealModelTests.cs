using Quantizer.Correction;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Correction;

public class RealModelTests
{
    [SharedFolderTheory]
    [InlineData("resnet8-mlperf.onnx", 0.3)]
    [InlineData("mobilenetv2-cifar10-bn.onnx", 0.3)]
    public void Pictures_that_calibration_did_not_see_gain(string model, double decibels)
    {
        QuantizationReport plain = Quantize(model, BiasCorrectionMode.Off),
            corrected = Quantize(model, BiasCorrectionMode.On);

        Assert.True(corrected.BiasCorrection!.Taken);
        Assert.True(
            corrected.Outputs[0].MedianDb > plain.Outputs[0].MedianDb + decibels,
            $"{plain.Outputs[0].MedianDb} -> {corrected.Outputs[0].MedianDb}"
        );
    }

    [SharedFolderTheory]
    [InlineData("resnet8-mlperf.onnx", 0.1)]
    [InlineData("repvgg-cifar10.onnx", 0.5)]
    public void Weights_that_make_up_for_each_other_gain_more_than_biases_alone(string model, double decibels)
    {
        QuantizationReport biases = Quantize(model, BiasCorrectionMode.OnlyBiases),
            both = Quantize(model, BiasCorrectionMode.On);

        Assert.Equal(0, biases.BiasCorrection!.RoundedLayers);
        Assert.True(both.BiasCorrection!.RoundedLayers > 5);
        Assert.True(
            both.Outputs[0].MedianDb > biases.Outputs[0].MedianDb + decibels,
            $"{biases.Outputs[0].MedianDb} -> {both.Outputs[0].MedianDb}"
        );
    }

    private static QuantizationReport Quantize(string model, BiasCorrectionMode correction)
    {
        using TemporaryFolder folder = new();
        return QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = SharedFolder.Model(model),
                CalibrationPaths = [SharedFolder.Data("cifar10-calib")],
                EvaluationPaths = [SharedFolder.Data("cifar10-val")],
                OutputPath = folder.File("int8.onnx"),
                Samples = 256,
                EvaluationSamples = 300,
                Method = RangeMethod.Percentile(99.999),
                BiasCorrection = correction,
                // These are about integers, faster and good enough or not.
                SlowIntegers = SlowIntegers.Kept,
                KeepsFloor = false,
            }
        );
    }
}
