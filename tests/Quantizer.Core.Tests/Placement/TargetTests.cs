using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Schemes;

namespace Quantizer.Core.Tests.Placement;

public class TargetTests
{
    [Fact]
    public void Weights_with_a_zero_point_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Wanting(QuantizationScheme.UInt8Asymmetric));

        Assert.Equal("weights", error.ParamName);
        Assert.Contains("Target 'mine' wants weights as ", error.Message);
        Assert.Contains("only symmetric int8 weights are written", error.Message);
    }

    [Fact]
    public void A_target_is_known_by_its_name_and_its_runtime()
    {
        Wanting target = new(QuantizationScheme.Int8Symmetric);

        Assert.Equal(("mine", "my runtime"), (target.Name, target.Runtime));
        Assert.Equal((QuantizationScheme.UInt8Asymmetric, QuantizationScheme.Int8Symmetric), (target.Activations, target.Weights));
    }

    private sealed class Wanting(QuantizationScheme weights) : Target("mine", "my runtime", QuantizationScheme.UInt8Asymmetric, weights, [])
    {
        public override RunningKernels KernelsOf(OnnxModel quantized) => throw new NotSupportedException();
    }
}
