using Quantizer.Cli;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Footprint;

/// <summary>
/// How often a run opens the pictures that it is given. What its memory cannot hold it may open twice; these it can.
/// </summary>
public sealed class OpenedPictureTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model = Path.Combine(SharedFolder.Repository, "samples/shapes-resnet.onnx");

    public void Dispose() => _workspace.Dispose();

    [LinuxFact]
    public void Finding_the_preparation_calibrating_and_comparing_open_each_picture_once()
    {
        string pictures = Copy("calib");

        IReadOnlyDictionary<string, int> opened = Opened("--calib", pictures);

        Assert.Equal(240, opened.Count);
        Assert.All(opened.Values, times => Assert.Equal(1, times));
    }

    [LinuxFact]
    public void Held_out_pictures_are_opened_once_more_for_a_look_at_their_headers_before_the_work()
    {
        string calibration = Copy("calib"),
            heldOut = Copy("val");

        IReadOnlyDictionary<string, int> opened = Opened(
            "--calib",
            calibration,
            "--eval",
            heldOut,
            "--method",
            "minmax",
            "--eval-samples",
            "100"
        );

        Assert.Equal(340, opened.Count);
        Assert.All(opened, picture => Assert.Equal(picture.Key.StartsWith("val/", StringComparison.Ordinal) ? 2 : 1, picture.Value));
    }

    [LinuxFact]
    public void One_folder_given_as_both_is_opened_twice_at_most()
    {
        string pictures = Copy("calib");

        IReadOnlyDictionary<string, int> opened = Opened("--calib", pictures, "--eval", pictures, "--method", "minmax", "--batch", "4");

        Assert.Equal(240, opened.Count);
        Assert.All(opened.Values, times => Assert.InRange(times, 1, 2));
    }

    [LinuxFact]
    public void Comparing_two_files_opens_each_picture_once()
    {
        string pictures = Copy("calib"),
            quantized = _workspace.PathOf("out.onnx");
        Assert.Equal(
            ExitCodes.Done,
            CommandLine.Run(_model, "--calib", pictures, "--samples", "32", "--method", "minmax", "-o", quantized).ExitCode
        );
        using OpenedFiles opened = new(pictures);

        CommandLine.Run("compare", _model, quantized, "--data", pictures).MustSucceed();

        Assert.Equal(Enumerable.Repeat(1, 240), opened.Counts().Values);
    }

    private IReadOnlyDictionary<string, int> Opened(params string[] arguments)
    {
        using OpenedFiles opened = new(_workspace.PathOf("pictures"));
        CommandLine.Run([_model, .. arguments, "-o", _workspace.PathOf("out.onnx")]).MustSucceed();
        return opened.Counts();
    }

    /// <summary>Pictures of their own: other tests read the bundled ones at the same time.</summary>
    private string Copy(string name)
    {
        string source = Path.Combine(SharedFolder.Repository, "calibration-data/shapes", name);
        foreach (string path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            _workspace.Write($"pictures/{name}/{Path.GetRelativePath(source, path)}", File.ReadAllBytes(path));
        return _workspace.PathOf($"pictures/{name}");
    }
}
