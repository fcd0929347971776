namespace Quantizer.Search;

/// <summary>Whom a search tells what it is doing.</summary>
/// <param name="Recording">The FP32 network's outputs are recorded, in so many steps.</param>
/// <param name="Trying">Plans of whole selectors are tried, in so many steps.</param>
/// <param name="Refining">Moves on the best of them are tried, in so many steps.</param>
/// <param name="Advanced">Steps done.</param>
internal sealed record SearchProgress(Action<int> Recording, Action<int> Trying, Action<int> Refining, Action<int> Advanced);
