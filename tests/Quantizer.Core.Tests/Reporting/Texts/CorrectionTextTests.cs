using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Core.Tests.Reporting.Texts;

public class CorrectionTextTests
{
    [Theory]
    [InlineData(0, "Biases", "3 layers corrected by 96 calibration samples; 30.0 dB -> 31.0 dB on 32 others")]
    [InlineData(
        2,
        "Biases, weights",
        "3 layers corrected (2 with their weights) by 96 calibration samples; 30.0 dB -> 31.0 dB on 32 others"
    )]
    public void It_is_named_after_what_was_corrected(int rounded, string title, string text)
    {
        BiasCorrectionReport correction = new(Taken: true, Layers: 3, Samples: 96, HeldOut: 32, BeforeDb: 30, AfterDb: 31)
        {
            RoundedLayers = rounded,
        };

        Assert.Equal(title, CorrectionText.TitleOf(correction));
        Assert.Equal(text, CorrectionText.Of(correction));
    }
}
