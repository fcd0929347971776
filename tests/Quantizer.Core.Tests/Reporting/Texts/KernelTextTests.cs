using Quantizer.Reporting.Texts;

namespace Quantizer.Core.Tests.Reporting.Texts;

public sealed class KernelTextTests
{
    [Theory]
    [InlineData("QLinearConv", true)]
    [InlineData("QGemm", true)]
    [InlineData("MatMulIntegerToFloat", true)]
    [InlineData("DynamicQuantizeLSTM", true)]
    [InlineData("MatMulNBits", true)]
    [InlineData("Conv", false)]
    [InlineData("NchwcConv", false)]
    [InlineData("FusedGemm", false)]
    [InlineData("QuickGelu", false)]
    public void A_kernel_of_integers_says_so(string kernel, bool expected) => Assert.Equal(expected, KernelText.NamesIntegers(kernel));
}
