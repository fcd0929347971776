using System.Reflection;
using Quantizer.Calibration.Statistics;
using Quantizer.Choices;
using Quantizer.Findings;

namespace Quantizer.Core.Tests.Choices;

public class WordTableTests
{
    private static readonly WordTable<StatisticsMode> Table = StatisticsWords.Modes;

    [Fact]
    public void Every_value_of_every_choice_has_one_word()
    {
        object[] tables =
        [
            .. typeof(WordTable<>)
                .Assembly.GetTypes()
                .SelectMany(type => type.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
                .Where(property =>
                    property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(WordTable<>)
                )
                .Select(property => property.GetValue(null)!),
        ];

        Assert.True(tables.Length >= 9, $"Only {tables.Length} tables of words were found.");
        foreach (object table in tables)
        {
            string[] values = Enum.GetNames(table.GetType().GenericTypeArguments[0]);
            object[] told = [.. ((System.Collections.IEnumerable)table.GetType().GetProperty("Values")!.GetValue(table)!).Cast<object>()];
            IReadOnlyList<string> words = (IReadOnlyList<string>)table.GetType().GetProperty("Words")!.GetValue(table)!;
            Assert.Equal(values.Order(), told.Select(value => value.ToString()!).Order());
            Assert.Equal(words.Count, words.Distinct().Count());
            Assert.All(words, word => Assert.Matches("^[a-z0-9-]+$", word));
        }
    }

    [Fact]
    public void Words_and_values_lead_to_each_other()
    {
        Assert.All(Table.Values, value => Assert.True(Table.TryParse(Table.WordOf(value), out StatisticsMode read) && read == value));
        Assert.Equal(["info", "warning", "error"], SeverityWords.Table.Words);
    }

    [Theory]
    [InlineData("smapled")]
    [InlineData("Sampled")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_words_are_none(string? word) => Assert.False(Table.TryParse(word, out _));

    [Fact]
    public void A_number_cast_to_a_choice_is_refused_and_the_values_are_named()
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() =>
            Table.Check((StatisticsMode)7, "Statistics")
        );

        Assert.Equal("Statistics", exception.ParamName);
        Assert.Contains("7 is no statistics mode; expected one of Exact, Sampled.", exception.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Table.WordOf((StatisticsMode)7));
    }

    [Fact]
    public void Help_tells_each_word_with_its_meaning_and_the_default()
    {
        Assert.Equal(
            "exact counts every value (default); sampled is faster: every extreme value, a sample of the others.",
            Table.Explain(StatisticsMode.Exact)
        );
        Assert.DoesNotContain("default", Table.Explain());
    }
}
