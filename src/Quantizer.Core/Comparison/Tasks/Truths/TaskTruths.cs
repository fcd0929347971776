namespace Quantizer.Comparison.Tasks.Truths;

/// <summary>The right answers that are no class indices, opened and checked before the work.</summary>
internal sealed record TaskTruths
{
    public static TaskTruths None { get; } = new();

    /// <summary>Null: none are known.</summary>
    public TruthBoxes? Boxes { get; init; }

    /// <inheritdoc cref="Boxes"/>
    public TruthMasks? Masks { get; init; }

    /// <inheritdoc cref="Boxes"/>
    public TruthPictures? Pictures { get; init; }

    /// <inheritdoc cref="Boxes"/>
    public TruthLines? Lines { get; init; }

    /// <summary>What the classes of a reader are.</summary>
    public CharacterList? Characters { get; init; }

    /// <param name="linesPath">A file of texts; null: none.</param>
    /// <exception cref="QuantizationException">A file cannot be read, or is none of the form.</exception>
    /// <exception cref="UsageException">What is given cannot be used without something else.</exception>
    public static TaskTruths Open(TaskOptions options, string? linesPath)
    {
        if (linesPath is not null && options.CharactersPath is null)
        {
            throw new UsageException(
                $"The labels file '{linesPath}' holds texts, and what the model's classes stand for is not known. Give the list of its "
                    + $"characters with --characters FILE, one a line."
            );
        }

        return new TaskTruths
        {
            Boxes = options.BoxesPath is { } boxes ? TruthBoxes.Read(boxes) : null,
            Masks = options.MasksPath is { } masks ? TruthMasks.Open(masks) : null,
            Pictures = options.TargetsPath is { } targets ? TruthPictures.Open(targets) : null,
            Lines = linesPath is null ? null : TruthLines.Read(linesPath),
            Characters = options.CharactersPath is { } characters ? CharacterList.Read(characters) : null,
        };
    }

    /// <summary>Right answers that the task has no use for were meant for another one.</summary>
    /// <exception cref="QuantizationException">There are such.</exception>
    public void RequireUse(TaskKind kind)
    {
        Require(Boxes is null || kind == TaskKind.Boxes, "--boxes", TaskKind.Boxes, kind);
        Require(Masks is null || kind is TaskKind.Pixels or TaskKind.Masks, "--masks", TaskKind.Pixels, kind);
        Require(Pictures is null || kind == TaskKind.Pictures, "--targets", TaskKind.Pictures, kind);
        Require(Characters is null || kind == TaskKind.Text, "--characters", TaskKind.Text, kind);
    }

    /// <summary>Right answers for none of the samples were meant for other data.</summary>
    /// <exception cref="QuantizationException">There are such.</exception>
    public void RequireSamples(IReadOnlyList<string> names)
    {
        RequireAny(names, "boxes file", Boxes is null ? null : name => Boxes.Of(name).Count > 0);
        RequireAny(names, "folder of masks", Masks is null ? null : Masks.HasFor);
        RequireAny(names, "folder of true pictures", Pictures is null ? null : Pictures.HasFor);
        RequireAny(names, "labels file", Lines is null ? null : name => Lines.Of(name) is not null);
    }

    private static void RequireAny(IReadOnlyList<string> names, string what, Func<string, bool>? isKnown)
    {
        if (isKnown is not null && names.Count > 0 && !names.Any(isKnown))
        {
            throw new QuantizationException(
                $"The {what} names none of the {names.Count} samples; the first is '{names[0]}'. Name them by their paths below the data "
                    + $"folder."
            );
        }
    }

    private static void Require(bool isUsed, string option, TaskKind wanted, TaskKind found)
    {
        if (!isUsed)
        {
            throw new QuantizationException(
                $"{option} gives right answers for the task '{TaskTable.Words.WordOf(wanted)}', and the model's task is "
                    + $"'{TaskTable.Words.WordOf(found)}'. Leave it out, or say --task {TaskTable.Words.WordOf(wanted)}."
            );
        }
    }
}
