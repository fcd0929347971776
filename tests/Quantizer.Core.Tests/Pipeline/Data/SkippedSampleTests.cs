using Quantizer.Pipeline;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>Pictures that cannot be used are told while the run works, and named in its report.</summary>
public sealed class SkippedSampleTests : IDisposable
{
    private const int Usable = 16;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_first_ten_are_named_and_the_others_counted()
    {
        using BundledRun run = new(options => options with { CalibrationPaths = [Pictures("calib", unusable: 12)] });

        string[] notes = [.. run.Heard.Notes.Where(note => note.StartsWith("Skipped ", StringComparison.Ordinal))];
        Assert.Equal(11, notes.Length);
        Assert.Equal("Skipped 'scan00.tiff': .tiff files are not read; convert them to PNG or JPEG.", notes[0]);
        Assert.StartsWith("Skipped 'scan09.tiff'", notes[9]);
        Assert.Equal("Skipped 2 more; a report (--report or --json) names them all.", notes[10]);
        Assert.Equal(12, run.Report.Data.Calibration!.Skipped.Count);
        Assert.Equal(Usable, run.Report.Data.Calibration.Samples);
    }

    [Fact]
    public void Those_of_the_evaluation_are_told_as_well()
    {
        using BundledRun run = new(options =>
            options with
            {
                CalibrationPaths = [Pictures("calib", unusable: 1)],
                EvaluationPaths = [Pictures("eval", unusable: 10)],
            }
        );

        Assert.Equal(11, run.Heard.Notes.Count(note => note.StartsWith("Skipped '", StringComparison.Ordinal)));
        Assert.DoesNotContain(run.Heard.Notes, note => note.Contains(" more;", StringComparison.Ordinal));
        Assert.Equal(10, run.Report.Data.Evaluation!.Skipped.Count);
    }

    [Fact]
    public void Broken_pictures_of_the_evaluation_are_told_before_the_work()
    {
        string broken = Pictures("broken", unusable: 0);
        foreach (string path in Directory.EnumerateFiles(broken))
            File.WriteAllBytes(path, [1, 2, 3]);
        HeardProgress heard = new();

        QuantizationException error = Assert.Throws<QuantizationException>(() => Quantize(broken, heard));

        Assert.Contains($"'{broken}': none of {Usable} samples can be read.", error.Message);
        Assert.DoesNotContain("Calibrating", heard.Stages.Select(stage => stage.Name));
    }

    [Fact]
    public void A_comparison_on_what_little_is_left_of_the_pictures_is_none()
    {
        string vanishing = Pictures("vanishing", unusable: 0);
        HeardProgress heard = new()
        {
            At = stage =>
            {
                if (stage == "Comparing")
                    Directory.EnumerateFiles(vanishing).Skip(5).ToList().ForEach(File.Delete);
            },
        };

        OutputWrittenException error = Assert.Throws<OutputWrittenException>(() => Quantize(vanishing, heard));

        // The first picture, from which the task was found, is in memory still.
        Assert.Matches($"1[01] of {Usable} samples cannot be read, more than half", $"{error}");
    }

    private void Quantize(string evaluation, HeardProgress heard) =>
        QuantizationPipeline.Quantize(
            BundledRun.Plain with
            {
                CalibrationPaths = [Pictures("calib", unusable: 0)],
                EvaluationPaths = [evaluation],
                OutputPath = _folder.File("int8.onnx"),
            },
            heard
        );

    /// <summary>A folder of bundled pictures, and of files that are called pictures of a kind that is not read.</summary>
    private string Pictures(string name, int unusable)
    {
        string[] bundled =
        [
            .. Directory
                .EnumerateFiles(BundledRun.Pictures("calib"), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Take(Usable),
        ];
        for (int i = 0; i < bundled.Length; i++)
            _folder.Write($"{name}/{i}{Path.GetExtension(bundled[i])}", File.ReadAllBytes(bundled[i]));
        for (int i = 0; i < unusable; i++)
            _folder.Write($"{name}/scan{i:00}.tiff", []);
        return _folder.File(name);
    }
}
