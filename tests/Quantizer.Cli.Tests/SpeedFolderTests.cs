using Quantizer.Pipeline;

namespace Quantizer.Cli.Tests;

public class SpeedFolderTests
{
    [Fact]
    public void The_program_keeps_in_its_folder_what_it_measures()
    {
        string? kept = "nothing was asked";
        PipelineCalls calls = PipelineCalls.Real with
        {
            Quantize = (options, _, _) =>
            {
                kept = options.SpeedFolder;
                throw new QuantizationException("no model");
            },
        };
        QuantizationOptions options = new() { ModelPath = "m.onnx", CalibrationPaths = ["c"] };

        Assert.Throws<QuantizationException>(() => calls.Remembering("speed").Quantize(options, null!, CancellationToken.None));
        Assert.Equal("speed", kept);
        Assert.Throws<QuantizationException>(() => calls.Quantize(options, null!, CancellationToken.None));
        Assert.Null(kept);
    }
}
