namespace Quantizer.Search;

/// <summary>What scores an output holds that are judged otherwise than by their values.</summary>
internal enum ScoreKind
{
    None,

    /// <summary>Of classes that a Softmax weighs against each other (<see cref="LogProbabilities"/>).</summary>
    Probabilities,

    /// <summary>Each for a sigmoid of its own (<see cref="ClearLogits"/>).</summary>
    Logits,
}
