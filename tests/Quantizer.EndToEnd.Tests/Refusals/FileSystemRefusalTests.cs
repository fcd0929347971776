using System.Diagnostics;
using System.Runtime.Versioning;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;

namespace Quantizer.EndToEnd.Tests.Refusals;

/// <summary>Places that take no file, on a good model with good data.</summary>
public sealed class FileSystemRefusalTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [TmpfsFact]
    public void A_full_disk_leaves_nothing_behind()
    {
        // The result holds the 4 MB of weights that are left in float; the disk has room for one.
        string disk = _workspace.Folder("disk");
        string model = _workspace.Write("model.onnx", Wide());
        string data = _workspace.WriteRandom("inputs.npz", "x", [4, 1024]);
        Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk);
        try
        {
            Refusal.IsFailure(
                _workspace,
                [model, "--calib", data, "--exclude", "wide", "-o", Path.Combine(disk, "out.onnx")],
                "out.onnx'",
                "cannot be written",
                "No space left",
                "the disk has room"
            );

            Assert.Empty(Directory.EnumerateFileSystemEntries(disk));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [TmpfsFact]
    public void A_full_disk_leaves_an_earlier_result_as_it_was()
    {
        string disk = _workspace.Folder("disk");
        string model = _workspace.Write("model.onnx", Wide());
        string data = _workspace.WriteRandom("inputs.npz", "x", [4, 1024]);
        Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk);
        try
        {
            File.WriteAllText(Path.Combine(disk, "out.onnx"), "an earlier result");

            Refusal.IsFailure(
                _workspace,
                [model, "--calib", data, "--exclude", "wide", "-o", Path.Combine(disk, "out.onnx")],
                "What was there before is unchanged"
            );

            Assert.Equal("an earlier result", File.ReadAllText(Path.Combine(disk, "out.onnx")));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [UnprivilegedFact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_may_not_be_written_to_is_refused_before_the_work()
    {
        string folder = _workspace.Folder("locked");
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Refusal.IsFailure(
            _workspace,
            [
                _workspace.Write("model.onnx", Networks.Classifier()),
                "--calib",
                _workspace.WriteSamples(),
                "-o",
                Path.Combine(folder, "out.onnx"),
            ],
            "out.onnx' cannot be written",
            "Give a file in a folder that you may write to with -o"
        );
    }

    /// <summary>A convolution that is quantized and a matrix product of 4 MB.</summary>
    private static OnnxModel Wide() =>
        new GraphBuilder()
            .Input("x", ["batch", 1024])
            .Constant("wide_w", [1024, 1024], RandomValues.Floats(1024 * 1024, seed: 1))
            .Node(new Node("MatMul", ["x", "wide_w"], ["wide"], "wide"))
            .Constant("shape", [4], [-1L, 16, 8, 8])
            .Node("Reshape", ["wide", "shape"], ["planes"])
            .Constant("w", [16, 16, 3, 3], RandomValues.Floats(16 * 16 * 9, seed: 2))
            .Node("Conv", ["planes", "w"], ["y"])
            .Output("y")
            .Build();

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Needs root on Linux, which alone may mount a small file system.</summary>
    private sealed class TmpfsFactAttribute : FactAttribute
    {
        public TmpfsFactAttribute() =>
            Skip = CanMount() ? null : "Only root on Linux, with the right to mount, can make a disk that is full.";

        private static bool CanMount()
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
                return false;
            string folder = Directory.CreateTempSubdirectory("quantizer-mount-").FullName;
            try
            {
                // A container's root may lack the right.
                using Process mount = Process.Start(
                    new ProcessStartInfo("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]) { RedirectStandardError = true }
                )!;
                mount.WaitForExit();
                if (mount.ExitCode != 0)
                    return false;
                using Process unmount = Process.Start("umount", [folder]);
                unmount.WaitForExit();
                return unmount.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
            finally
            {
                Directory.Delete(folder);
            }
        }
    }

    /// <summary>Root may write anywhere.</summary>
    private sealed class UnprivilegedFactAttribute : FactAttribute
    {
        public UnprivilegedFactAttribute() =>
            Skip =
                OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess
                    ? "Root may write to any folder, and Windows has no such modes."
                    : null;
    }
}
