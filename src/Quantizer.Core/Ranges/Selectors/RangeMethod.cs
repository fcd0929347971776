using System.Diagnostics.CodeAnalysis;

namespace Quantizer.Ranges.Selectors;

/// <summary>
/// How the ranges of activations are chosen. Each static member is one row of the table that command line, help and the
/// automatic choice are made from: a new way is a selector in a file of its own, and a row here.
/// </summary>
public sealed class RangeMethod : IEquatable<RangeMethod>
{
    // Filled by the rows below in their order. Of ranges that promise the same the automatic choice takes the first row's.
    private static readonly List<RangeMethod> Rows = [];

    private readonly string _meaning;
    private readonly IRangeSelector _selector;
    private readonly IReadOnlyList<IDensitySelector> _candidates;
    private readonly SelectorParameter? _parameter;

    private RangeMethod(
        string word,
        string meaning,
        IRangeSelector selector,
        IReadOnlyList<IDensitySelector> candidates,
        SelectorParameter? parameter = null
    )
    {
        (Word, _meaning, _selector, _candidates, _parameter) = (word, meaning, selector, candidates, parameter);
    }

    /// <summary>All others are tried, for each tensor and for all together, and the error at the network's outputs decides. The
    /// default.</summary>
    public static RangeMethod Automatic { get; } =
        Row(new RangeMethod("auto", "tries them all, the outputs decide", new AutoSelector(), []));

    /// <summary>All values that calibration saw: nothing is clipped.</summary>
    public static RangeMethod MinMax { get; } = Row("clips nothing", new MinMaxSelector());

    private static RangeMethod PercentileRow { get; } =
        Row(
            new RangeMethod(
                PercentileSelector.Word,
                "keeps 99.999 % of the values, percentile:P keeps P %",
                new PercentileSelector(),
                [new PercentileSelector(), new PercentileSelector(99.99)],
                PercentileSelector.Parameter
            )
        );

    /// <summary>The range whose integers tell most about the values (Kullback-Leibler divergence).</summary>
    public static RangeMethod Entropy { get; } = Row("takes the range whose integers tell most of the values", new EntropySelector());

    /// <summary>The range of least expected squared error, rounding and clipping together.</summary>
    public static RangeMethod SquaredError { get; } = Row("takes the one of least squared error", new MeanSquaredErrorSelector());

    /// <summary>As on the command line, with its parameter: "minmax", "percentile:99.99".</summary>
    public string Word { get; }

    /// <summary>The words that <see cref="Parse"/> takes, in the order in which users are told them.</summary>
    internal static IReadOnlyList<string> Words { get; } = [.. Rows.Select(row => row.Word)];

    /// <summary>"auto, minmax, percentile, percentile:P with ... or mse": what <see cref="Parse"/> takes, for messages.</summary>
    internal static string Expected { get; } =
        string.Join(
            ", ",
            Rows.SkipLast(1).Select(row => row._parameter is { } parameter ? $"{row.Word}, {row.Word}:{parameter.Expected}" : row.Word)
        ) + $" or {Rows[^1].Word}";

    /// <summary>"auto tries them all, the outputs decide (default); minmax clips nothing; ..."</summary>
    internal static string Explanation { get; } =
        string.Join("; ", Rows.Select(row => $"{row.Word} {row._meaning}{(row == Automatic ? " (default)" : "")}")) + ".";

    /// <summary>What the automatic choice tries, for one tensor or for all; of equal ranges the first one's name is told.</summary>
    internal static IReadOnlyList<IDensitySelector> Candidates { get; } = [.. Rows.SelectMany(row => row._candidates)];

    /// <summary>The selectors that this method lets the network's outputs decide between: one, but for the automatic choice.</summary>
    internal IReadOnlyList<IRangeSelector> Selectors => Equals(Automatic) ? [_selector, .. Candidates] : [_selector];

    /// <summary>The smallest range that keeps a percentage of the values.</summary>
    /// <param name="percent">From 50 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">Any other number; a share such as 0.9999 is none.</exception>
    public static RangeMethod Percentile(double percent = PercentileSelector.DefaultPercent) =>
        PercentileSelector.IsSensible(percent)
            ? PercentileRow.With(new PercentileSelector(percent))
            : throw new ArgumentOutOfRangeException(
                nameof(percent),
                percent,
                $"A percentile is from {PercentileSelector.LeastPercent} to 100."
            );

    /// <summary>Reads a method as the command line does.</summary>
    /// <param name="word">auto, minmax, percentile, percentile:P, entropy or mse.</param>
    /// <exception cref="ArgumentException">No such method; the message lists the valid ones.</exception>
    public static RangeMethod Parse(string word) =>
        TryParse(word, out RangeMethod? method)
            ? method
            : throw new ArgumentException($"'{word}' is no method of choosing ranges; expected {Expected}.", nameof(word));

    /// <summary>Reads a method as the command line does; false when there is none.</summary>
    /// <param name="word">As for <see cref="Parse"/>.</param>
    /// <param name="method">What it says.</param>
    public static bool TryParse([NotNullWhen(true)] string? word, [NotNullWhen(true)] out RangeMethod? method)
    {
        method =
            Rows.FirstOrDefault(row => row.Word == word)
            ?? Rows.Select(row => row.WithParameter(word)).FirstOrDefault(found => found is not null);
        return method is not null;
    }

    /// <inheritdoc/>
    public bool Equals(RangeMethod? other) => other is not null && other._selector.Name == _selector.Name;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RangeMethod);

    /// <inheritdoc/>
    public override int GetHashCode() => _selector.Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The word.</summary>
    public override string ToString() => Word;

    private static RangeMethod Row(string meaning, IDensitySelector selector) =>
        Row(new RangeMethod(selector.Name, meaning, selector, [selector]));

    private static RangeMethod Row(RangeMethod row)
    {
        Rows.Add(row);
        return row;
    }

    private RangeMethod? WithParameter(string? word) =>
        _parameter is { } parameter
        && word is not null
        && word.StartsWith(Word + ":", StringComparison.Ordinal)
        && parameter.Read(word[(Word.Length + 1)..]) is { } selector
            ? With(selector)
            : null;

    private RangeMethod With(IDensitySelector selector) => new(selector.Name, _meaning, selector, [], _parameter);
}
