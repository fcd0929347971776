using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Refusals;

/// <summary>Pipes and devices, which are waited for or read without end: refused, or left out by name.</summary>
public sealed class SpecialFileRefusalTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;
    private readonly string _pipe;

    public SpecialFileRefusalTests()
    {
        _model = _workspace.Write("model.onnx", Networks.Classifier());
        _pipe = OperatingSystem.IsWindows() ? "" : NamedPipe.Create(_workspace.PathOf("pipe.npz"));
    }

    public void Dispose() => _workspace.Dispose();

    [UnixFact]
    public void As_the_data() => Refused(1, [_model, "--calib", _pipe], "pipe.npz' is a named pipe");

    [UnixFact]
    public void As_the_model() =>
        Refused(1, [_pipe, "--calib", _workspace.WriteSamples()], "pipe.npz' is a named pipe; an .onnx file was expected");

    [UnixFact]
    public void As_the_labels() =>
        Refused(1, [_model, "--calib", _workspace.WritePictures(), "--labels", "/dev/zero"], "The labels file '/dev/zero' is a device");

    [UnixFact]
    public void As_the_output() =>
        Refused(1, [_model, "--calib", _workspace.WriteSamples(), "-o", "/dev/null"], "'/dev/null' is a device; a file was expected");

    [UnixFact]
    public void As_a_file_of_arguments() => Refused(2, [_model, "@" + _pipe], "pipe.npz' of arguments cannot be read: it is a named pipe");

    [UnixFact]
    public void Among_the_pictures_they_are_named_and_left_out()
    {
        string pictures = _workspace.WritePictures();
        File.CreateSymbolicLink(Path.Combine(pictures, "class1", "zero.jpg"), "/dev/zero");

        ProgramResult result = CommandLine
            .Run(_model, "--calib", pictures, "--eval", pictures, "--preset", "zero-one", "--method", "minmax")
            .MustSucceed();

        Assert.Contains("Skipped 'class1/zero.jpg': it is a device, not a file.", result.Error);
    }

    private static void Refused(int exitCode, string[] arguments, string fragment)
    {
        ProgramResult result = CommandLine.Run(arguments);

        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(fragment, result.Error);
    }
}
