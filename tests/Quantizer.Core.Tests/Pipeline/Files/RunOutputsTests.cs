using Quantizer.Pipeline.Files;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Files;

public sealed class RunOutputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_cannot_be_made_is_told_with_its_option()
    {
        string path = _folder.File("no such folder/report.md");

        QuantizationException error = Assert.Throws<QuantizationException>(() => RunOutputs.RequireWritable(path, "report", "--report"));

        Assert.StartsWith($"The report '{path}' cannot be written: ", error.Message);
        Assert.EndsWith("Give a file in a folder that you may write to with --report.", error.Message);
    }

    [Fact]
    public void To_ask_leaves_nothing_behind_and_what_is_there_as_it_is()
    {
        string path = _folder.Write("report.md", "before"u8);

        RunOutputs.RequireWritable(path, "report", "--report");
        RunOutputs.RequireWritable(_folder.File("other.md"), "report", "--report");

        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal(["report.md"], _folder.Names);
    }
}
