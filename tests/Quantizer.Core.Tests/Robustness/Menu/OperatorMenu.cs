namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Every operator that a random network may hold, each with a way to add it behind any tensor of some ranks.</summary>
internal static class OperatorMenu
{
    public static IReadOnlyList<MenuEntry> Entries { get; } =
    [
        .. ElementwiseMenu.Entries(),
        .. PairMenu.Entries(),
        .. ComparisonMenu.Entries(),
        .. MovementMenu.Entries(),
        .. ReductionMenu.Entries(),
        .. PoolMenu.Entries(),
        .. NormalizationMenu.Entries(),
        .. SelectionMenu.Entries(),
        .. WeightedMenu.Entries(),
        .. BodyMenu.Entries(),
    ];
}
