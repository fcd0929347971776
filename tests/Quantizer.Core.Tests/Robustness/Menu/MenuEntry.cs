namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>An operator that a random network may hold.</summary>
/// <param name="Opset">The first that has it in the form used here.</param>
/// <param name="Ranks">Of the tensor that it takes.</param>
/// <param name="IsSmooth">A small error of what it takes gives a small error of what it makes.</param>
internal sealed record MenuEntry(
    string Name,
    int Opset,
    IReadOnlyList<int> Ranks,
    bool IsSmooth,
    Func<NetworkSketch, SketchTensor, SketchTensor> Add
);
