using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Reports;

/// <summary>What the doctor finds reaches the report.</summary>
public sealed class DiagnosisTests(PlainRun plain) : IClassFixture<PlainRun>
{
    private const string Subject = "calibration data";

    [Fact]
    public void Healthy_data_are_not_talked_about() =>
        Assert.DoesNotContain(plain.Run.Report.Findings, finding => finding.Subject == Subject);

    [Fact]
    public void Twins_among_the_pictures_are_told()
    {
        using TemporaryFolder twins = new();
        string picture = Directory.EnumerateFiles(BundledRun.Pictures("calib"), "*.*", SearchOption.AllDirectories).Order().First();
        for (int i = 0; i < 10; i++)
            File.Copy(picture, Path.Combine(twins.Path, $"{i}{Path.GetExtension(picture)}"));

        using BundledRun run = new(options => options with { CalibrationPaths = [twins.Path] });

        Assert.Contains(run.Report.Findings, finding => finding.Message.StartsWith("9 of 10 calibration samples are identical", Text));
    }

    [SharedFolderFact]
    public void A_scale_that_the_user_gave_wrongly_is_told_by_the_models_BatchNormalization()
    {
        using BundledRun run = new(options =>
            options with
            {
                ModelPath = SharedFolder.Model("resnet8-mlperf.onnx"),
                CalibrationPaths = [SharedFolder.Data("cifar10-calib")],
                Method = RangeMethod.Automatic,
                Pictures = new PictureOptions { Preset = PicturePreset.ZeroOne },
            }
        );

        Assert.Contains(
            run.Report.Findings,
            finding => finding.Subject == Subject && finding.Message.Contains("seem to be 255 times too small", Text)
        );
    }

    private static StringComparison Text => StringComparison.Ordinal;
}
