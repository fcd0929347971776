namespace Quantizer.EndToEnd.Tests.Footprint;

/// <summary>A test that takes minutes, 8 GB of disk and 6 GB of memory; skipped, saying so, unless it is asked for.</summary>
public sealed class LargeModelTheoryAttribute : TheoryAttribute
{
    private const string Switch = "QUANTIZER_LARGE_MODEL";

    public LargeModelTheoryAttribute() =>
        Skip =
            Environment.GetEnvironmentVariable(Switch) == "1" ? null : $"Takes minutes, 8 GB of disk, 6 GB of memory; {Switch}=1 runs it.";
}
