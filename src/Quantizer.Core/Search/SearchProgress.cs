namespace Quantizer.Search;

/// <summary>Whom a search tells what it is doing.</summary>
/// <param name="Recording">The FP32 network's outputs are recorded, in so many steps.</param>
/// <param name="Trying">Plans are tried, in so many steps at most.</param>
/// <param name="Advanced">Steps done.</param>
internal sealed record SearchProgress(Action<int> Recording, Action<int> Trying, Action<int> Advanced)
{
    public static SearchProgress Unheard { get; } = new(_ => { }, _ => { }, _ => { });
}
