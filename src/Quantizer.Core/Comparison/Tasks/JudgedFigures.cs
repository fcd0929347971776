namespace Quantizer.Comparison.Tasks;

/// <summary>All that a task says of a comparison.</summary>
/// <param name="Headline">Between both models, so that it needs no truth; what floors and findings go by.</param>
/// <param name="Others">Further ones, the most telling first.</param>
internal sealed record JudgedFigures(TaskFigure Headline, IReadOnlyList<TaskFigure> Others)
{
    /// <summary>Fewer samples with one answer may be chance, or all that somebody has.</summary>
    public const int FewestAlike = 16;

    /// <summary>Samples whose right answer is known.</summary>
    public int Labelled { get; init; }

    /// <summary>Of tasks whose samples have one answer each; null of others.</summary>
    public PairedAnswers? Answers { get; init; }

    /// <summary>What the FP32 model answers to every one of many samples; null where they differ, or are too few.</summary>
    public string? OnlyAnswer { get; init; }

    /// <summary>What guessing would get of the first figure against the truth, in its unit; null where that is not known.</summary>
    public double? Chance { get; init; }

    /// <summary>How well both models do against the truth; null where none is known.</summary>
    public TaskFigure? AgainstTruth =>
        Others.FirstOrDefault(figure => figure is { Fp32: not null, Int8: not null, Unit: not FigureUnit.Count });
}
