using System.Runtime.CompilerServices;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Reports;

/// <summary>A report that an older version wrote, before reports had a manifest and all options.</summary>
public sealed class OldReportTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _report;

    public OldReportTests() => _report = _workspace.Write("old.json", WithPathsOfRepository());

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void It_is_laid_beside_a_new_one()
    {
        string again = _workspace.PathOf("again.json");
        ReportFile.Write(ReportReader.Read(_report) with { Outputs = [] }, again);

        ProgramResult result = CommandLine.Run("diff", _report, again);

        Assert.Contains("SQNR of logits", result.MustSucceed().Out);
        Assert.Equal(0, CommandLine.Run("diff", _report, _report, "--exit-code").ExitCode);
    }

    [Fact]
    public void Its_run_is_repeated()
    {
        (string output, string report) = (_workspace.PathOf("again.onnx"), _workspace.PathOf("again.json"));

        ProgramResult result = CommandLine.Run("rerun", _report, "-o", output, "--report", report).MustSucceed();

        QuantizationReport old = ReportReader.Read(_report),
            again = ReportReader.Read(report);
        Assert.Contains("The report does not tell the bytes of its INT8 file", result.Out);
        Assert.True(File.Exists(output));
        Assert.Equal(
            (old.Model.Sha256, old.Options["samples"], "false"),
            (again.Model.Sha256, again.Options["samples"], again.Options["no-floor"])
        );
        Assert.Equal(old.Preprocessing!.Flags, again.Preprocessing!.Flags);
        Assert.Equal(old.Preprocessing.Mean, again.Preprocessing.Mean);
    }

    private static string WithPathsOfRepository([CallerFilePath] string file = "")
    {
        string text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "Fixtures", "report-0.1.0.json"));
        return text.Replace("\"samples/", $"\"{Repository}/samples/", StringComparison.Ordinal)
            .Replace("\"calibration-data/", $"\"{Repository}/calibration-data/", StringComparison.Ordinal);
    }

    private static string Repository => SharedFolder.Repository.Replace('\\', '/').TrimEnd('/');
}
