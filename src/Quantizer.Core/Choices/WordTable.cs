using System.Diagnostics.CodeAnalysis;

namespace Quantizer.Choices;

/// <summary>
/// The values of one choice, each with the word that users write for it and with what it means. Command line, help, messages and
/// reports read them from here and from nowhere else: a new value is a new row.
/// </summary>
/// <typeparam name="T">The choice.</typeparam>
internal sealed class WordTable<T>
    where T : struct, Enum
{
    private readonly string _noun;
    private readonly (T Value, string Word, string Meaning)[] _rows;

    /// <param name="noun">What is chosen, for messages: "channel order".</param>
    /// <param name="rows">Every value once, in the order in which help tells them; the meaning continues a sentence that the word
    /// begins.</param>
    public WordTable(string noun, params (T Value, string Word, string Meaning)[] rows)
    {
        (_noun, _rows) = (noun, rows);
        Words = [.. rows.Select(row => row.Word)];
    }

    public IReadOnlyList<string> Words { get; }

    public IReadOnlyList<T> Values => [.. _rows.Select(row => row.Value)];

    /// <exception cref="ArgumentOutOfRangeException">A number that is none of the choice's values.</exception>
    public string WordOf(T value)
    {
        Check(value, nameof(value));
        return _rows.First(row => row.Value.Equals(value)).Word;
    }

    /// <summary>What continues a sentence that the word begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number that is none of the choice's values.</exception>
    public string MeaningOf(T value)
    {
        Check(value, nameof(value));
        return _rows.First(row => row.Value.Equals(value)).Meaning;
    }

    public bool TryParse([NotNullWhen(true)] string? word, out T value)
    {
        foreach ((T known, string name, _) in _rows)
        {
            if (name == word)
            {
                value = known;
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>"exact counts every value (default); sampled is faster."</summary>
    /// <param name="standard">What holds when nothing is said; null: that is found out.</param>
    public string Explain(T? standard = null) =>
        string.Join("; ", _rows.Select(row => $"{row.Word} {row.Meaning}{(row.Value.Equals(standard) ? " (default)" : "")}")) + ".";

    /// <summary>Refuses a number that was cast to the choice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the choice's values.</exception>
    public void Check(T value, string parameter)
    {
        if (_rows.All(row => !row.Value.Equals(value)))
            throw new ArgumentOutOfRangeException(parameter, value, $"{value} is no {_noun}; expected one of {string.Join(", ", Values)}.");
    }
}
