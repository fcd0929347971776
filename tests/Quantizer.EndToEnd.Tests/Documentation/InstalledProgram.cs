using Quantizer.Cli;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Documentation;

/// <summary>A folder as recipes and help suppose it: a model, pictures in folders named after classes, and the program on the
/// path.</summary>
internal sealed class InstalledProgram : IDisposable
{
    private const int CalibrationPictures = 2,
        OtherPictures = 4;

    private readonly Workspace _workspace = new();

    public InstalledProgram()
    {
        File.Copy(InRepository("samples/shapes-mobilenet.onnx"), PathOf("model.onnx"));
        Copy("calib", "data/calib", CalibrationPictures);
        Copy("calib", "train", CalibrationPictures);
        Copy("calib", "images", CalibrationPictures);
        Copy("val", "data/val", OtherPictures);
        Copy("val", "val", OtherPictures);
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            program = _workspace.Write("bin/quantize", $"#!/bin/sh\nexec '{dotnet}' '{typeof(Application).Assembly.Location}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string PathOf(string name) => _workspace.PathOf(name);

    /// <summary>Runs a shell command here, outside of any workflow but for the variables given.</summary>
    public (int ExitCode, string Text) Run(string command, IReadOnlyDictionary<string, string?>? variables = null)
    {
        Dictionary<string, string?> all = new()
        {
            ["PATH"] = $"{PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["GITHUB_ACTIONS"] = null,
        };
        foreach ((string name, string? value) in variables ?? new Dictionary<string, string?>())
            all[name] = value;
        return SystemTool.Try("bash", ["-c", command], _workspace.Root, all);
    }

    public static string InRepository(string path) => Path.Combine(SharedFolder.Repository, path);

    public void Dispose() => _workspace.Dispose();

    private void Copy(string from, string to, int each)
    {
        foreach (string folder in Directory.EnumerateDirectories(InRepository($"calibration-data/shapes/{from}")))
        {
            string target = Directory.CreateDirectory(PathOf($"{to}/{Path.GetFileName(folder)}")).FullName;
            foreach (string picture in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Take(each))
                File.Copy(picture, Path.Combine(target, Path.GetFileName(picture)));
        }
    }
}
