namespace Quantizer.Reporting.Benches;

/// <summary>A model that was measured.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
/// <param name="Bytes">External data included.</param>
internal sealed record BenchModel(string Path, string Sha256, long Bytes);
