namespace Quantizer.Reporting.Page.Tables;

/// <summary>A column of a <see cref="PageTable"/>.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Kind">How its cells look.</param>
internal readonly record struct Column(string Name, ColumnKind Kind = ColumnKind.Text);

/// <summary>How the cells of a column look.</summary>
internal enum ColumnKind
{
    /// <summary>Words.</summary>
    Text,

    /// <summary>Sentences, which keep room for some words beside each other on a phone.</summary>
    Prose,

    /// <summary>A name of a model, set as code.</summary>
    Name,

    /// <summary>Figures, set to the right.</summary>
    Number,

    /// <summary>A bar, whose length is the cell's number: a share of 1.</summary>
    Bar,
}
