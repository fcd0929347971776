using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Execution;

/// <summary>
/// A place where ONNX Runtime writes a model to be read back. On Linux it is none on a disk: written to one, 50 MB took
/// from 20 to 200 ms, and a killed process leaves nothing behind. Elsewhere it is a temporary folder.
/// </summary>
internal sealed partial class ScratchModel : IDisposable
{
    private const uint CloseOnExecute = 1;

    // By these links alone a file without a name is opened again. Not every sandbox has them.
    private const string OpenFiles = "/proc/self/fd";
    private readonly SafeFileHandle? _model;
    private readonly SafeFileHandle? _weights;
    private readonly DirectoryInfo? _folder;

    /// <exception cref="IOException">There is no temporary folder to write to.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no temporary folder to write to.</exception>
    public ScratchModel()
        : this(isInMemory: OperatingSystem.IsLinux() && Directory.Exists(OpenFiles)) { }

    /// <param name="isInMemory">Where the system lets it.</param>
    internal ScratchModel(bool isInMemory)
    {
        if (isInMemory)
        {
            _model = MemfdCreate("quantizer-model", CloseOnExecute);
            _weights = MemfdCreate("quantizer-weights", CloseOnExecute);
            if (!_model.IsInvalid && !_weights.IsInvalid)
            {
                Path = PathOf(_model);
                WeightsName = System.IO.Path.GetFileName(PathOf(_weights));
                return;
            }
            Dispose();
        }
        _folder = Directory.CreateTempSubdirectory("quantizer-");
        Path = System.IO.Path.Combine(_folder.FullName, "optimized.onnx");
    }

    public string Path { get; }

    /// <summary>The file beside the model for its larger weights, which spares a copy of them; null to keep them in the model.</summary>
    public string? WeightsName { get; }

    /// <summary>Where it is, for messages.</summary>
    public string Place => _folder is null ? "memory" : $"the temporary folder '{_folder.FullName}'";

    /// <summary>The model that was written, to be disposed of by the caller; it may outlive this.</summary>
    /// <exception cref="ModelFormatException">What was written is no model.</exception>
    /// <exception cref="IOException">What was written cannot be read.</exception>
    public OnnxModel Read() =>
        _folder is null
            ? OnnxFile.Read(Path, PathOf(_weights!))
            // Not mapped: not everywhere can a mapped file be deleted.
            : OnnxFile.Parse(File.ReadAllBytes(Path), "the optimized model");

    public void Dispose()
    {
        _model?.Dispose();
        _weights?.Dispose();
        _folder?.Delete(recursive: true);
    }

    private static string PathOf(SafeFileHandle file) => $"{OpenFiles}/{file.DangerousGetHandle()}";

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle MemfdCreate(string name, uint flags);
}
