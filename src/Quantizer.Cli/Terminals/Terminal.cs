using Quantizer.Cli.Workflows;

namespace Quantizer.Cli.Terminals;

/// <summary>Where the program speaks to: results on <paramref name="Out"/>, errors, notes and progress on
/// <paramref name="Error"/>.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error)
{
    /// <summary>Columns of output that is no terminal, and of terminals that do not say.</summary>
    public const int DefaultWidth = 80;

    /// <summary>Text is wrapped to this many columns.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>Colours on <see cref="Out"/>.</summary>
    public Ink Ink { get; init; } = Ink.None;

    /// <summary>Colours on <see cref="Error"/>.</summary>
    public Ink ErrorInk { get; init; } = Ink.None;

    /// <summary><see cref="Out"/> shows letters beyond ASCII: blocks, for one.</summary>
    public bool TakesUnicode { get; init; }

    /// <summary>A live line may be drawn on <see cref="Error"/>: a person is watching.</summary>
    public bool ShowsLiveProgress { get; init; }

    /// <summary>The GitHub workflow that the program is a step of; null: it is none.</summary>
    public GitHubWorkflow? Workflow { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
