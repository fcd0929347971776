using Quantizer.Reporting.Page;

namespace Quantizer.Core.Tests.Reporting.Page;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("model.onnx", "model.onnx")]
    [InlineData("my model", "'my model'")]
    [InlineData("/head|1/*", "'/head|1/*'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    [InlineData("$HOME", "'$HOME'")]
    public void Arguments_that_a_shell_would_read_differently_are_quoted(string argument, string expected) =>
        Assert.Equal($"--calib {expected}", CommandLine.Of(["--calib", argument]));
}
