namespace Quantizer.Graphs.Files;

/// <summary>Where bytes lie in a <see cref="ScratchFile"/>.</summary>
internal readonly record struct ScratchBlock(long Offset, int Length);
