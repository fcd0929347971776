using Quantizer.Execution;
using Quantizer.Verification;

namespace Quantizer.Pipeline.Files;

/// <summary>A verified model and the file that it is, or will be, in.</summary>
/// <param name="IsWritten">Whether the file holds it: what is only tried is judged in memory, so that the file is never one that was not
/// taken.</param>
internal sealed record OutputModel(string Path, VerifiedModel Verified, bool IsWritten)
{
    /// <summary>A session of it; the caller closes it.</summary>
    public InferenceModel Open() => IsWritten ? InferenceModel.Load(Path) : InferenceModel.Load(Verified.Quantized.Model);

    /// <summary>Another form of it, which the file does not hold.</summary>
    public OutputModel Tried(VerifiedModel other) => new(Path, other, IsWritten: false);
}
