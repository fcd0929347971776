using Quantizer.Findings;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>A comparison of the two files that the plainest run read and wrote.</summary>
public sealed class CompareRunTests(PlainRun plain) : IClassFixture<PlainRun>, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HeardProgress _heard = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Stages_and_the_preparation_of_the_pictures_are_told()
    {
        QuantizationReport report = Compare(BundledRun.Pictures("val"));

        Assert.Equal(
            ["Reading the model", "Preparing the data", "Verifying", "Comparing", "Measuring latency"],
            _heard.Stages.Select(stage => stage.Name)
        );
        Assert.Equal(BundledRun.Samples, _heard.Stages.Single(stage => stage.Name == "Comparing").Steps);
        Assert.Equal(plain.Run.Heard.Notes.Take(2), _heard.Notes);
        Assert.Equal(BundledRun.Samples, report.Data.Evaluation!.Samples);
        Assert.Equal(plain.Run.Report.Integer, report.Integer);
        Assert.DoesNotContain(report.Findings, finding => finding.Severity == FindingSeverity.Error);
    }

    [Fact]
    public void Pictures_of_which_most_are_broken_are_refused()
    {
        string[] bundled = [.. Directory.EnumerateFiles(BundledRun.Pictures("val"), "*", SearchOption.AllDirectories).Order().Take(12)];
        for (int i = 0; i < bundled.Length; i++)
            _folder.Write($"data/{i:00}.png", i < 5 ? File.ReadAllBytes(bundled[i]) : [1, 2, 3]);

        QuantizationException error = Assert.Throws<QuantizationException>(() => Compare(_folder.File("data")));

        Assert.Contains("7 of 12 samples cannot be read, more than half", error.Message);
    }

    private QuantizationReport Compare(string data) =>
        QuantizationPipeline.Compare(
            new CompareOptions
            {
                Fp32Path = plain.Run.Options.ModelPath,
                Int8Path = plain.Run.Options.OutputPath!,
                DataPaths = [data],
                Samples = BundledRun.Samples,
                Pictures = plain.Run.Options.Pictures,
            },
            _heard
        );
}
