using Quantizer.Verification;

namespace Quantizer.Pipeline.Files;

/// <summary>A verified model in its file.</summary>
internal sealed record WrittenModel(string Path, VerifiedModel Verified);
