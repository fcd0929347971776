namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>What tensors an operator of the menu is added behind.</summary>
internal static class Ranks
{
    public static IReadOnlyList<int> Any { get; } = [2, 3, 4];

    public static IReadOnlyList<int> Picture { get; } = [4];

    public static IReadOnlyList<int> Sequence { get; } = [3];
}
