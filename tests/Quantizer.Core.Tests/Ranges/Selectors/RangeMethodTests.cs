using Quantizer.Core.Tests.Architecture;
using Quantizer.Ranges.Selectors;

namespace Quantizer.Core.Tests.Ranges.Selectors;

public class RangeMethodTests
{
    /// <summary>The files that may know a selector by its word: its own, and the table for weights, which has words of its own.</summary>
    private static readonly string[] WhereWordsStand =
    [
        "src/Quantizer.Core/Ranges/Selectors/",
        "src/Quantizer.Core/Ranges/Weights/WeightWords.cs",
    ];

    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("minmax", "minmax")]
    [InlineData("percentile", "percentile:99.999")]
    [InlineData("percentile:99.99", "percentile:99.99")]
    [InlineData("percentile:100", "percentile:100")]
    [InlineData("percentile:50", "percentile:50")]
    [InlineData("entropy", "entropy")]
    [InlineData("mse", "mse")]
    public void Words_are_read(string text, string selector)
    {
        RangeMethod method = RangeMethod.Parse(text);

        Assert.Equal(selector, method.Selectors[0].Name);
        Assert.Equal(text, method.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("MinMax")]
    [InlineData("kl")]
    [InlineData("minmax:3")]
    [InlineData("percentile:")]
    [InlineData("percentile:49.9")]
    [InlineData("percentile:0.9999")]
    [InlineData("percentile:101")]
    [InlineData("percentile:99,9")]
    [InlineData("percentile:NaN")]
    public void Other_words_are_refused_with_a_list_of_the_valid_ones(string text)
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => RangeMethod.Parse(text));

        Assert.Contains(
            $"'{text}' is no method of choosing ranges; expected auto, minmax, percentile, percentile:P with P from 50 to 100 (such as "
                + $"percentile:99.99), entropy or mse.",
            exception.Message
        );
        Assert.False(RangeMethod.TryParse(text, out _));
    }

    [Fact]
    public void A_method_is_the_same_however_it_was_said()
    {
        Assert.Equal(RangeMethod.Entropy, RangeMethod.Parse("entropy"));
        Assert.Equal(RangeMethod.Percentile(), RangeMethod.Parse("percentile"));
        Assert.Equal(RangeMethod.Percentile(99.9).GetHashCode(), RangeMethod.Parse("percentile:99.9").GetHashCode());
        Assert.NotEqual(RangeMethod.Percentile(99.9), RangeMethod.Percentile(99.99));
        Assert.NotEqual(RangeMethod.MinMax, RangeMethod.SquaredError);
    }

    [Theory]
    [InlineData(0.9999)]
    [InlineData(100.1)]
    [InlineData(double.NaN)]
    public void Numbers_that_are_no_sensible_percentage_are_refused(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RangeMethod.Percentile(percent));

    [Fact]
    public void Automatic_tries_its_own_choice_and_every_candidate_of_the_table()
    {
        Assert.Equal(
            ["auto", "minmax", "percentile:99.999", "percentile:99.99", "entropy", "mse"],
            RangeMethod.Automatic.Selectors.Select(selector => selector.Name)
        );
        Assert.All(RangeMethod.Words.Skip(1), word => Assert.Single(RangeMethod.Parse(word).Selectors));
    }

    [Fact]
    public void Every_selector_of_the_library_is_a_row_that_is_read_told_explained_and_tried()
    {
        Type[] written =
        [
            .. typeof(IRangeSelector).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IRangeSelector))),
        ];
        Dictionary<Type, string> rows = RangeMethod.Words.ToDictionary(word => RangeMethod.Parse(word).Selectors[0].GetType());

        Assert.Equal(written.Select(type => type.Name).Order(), rows.Keys.Select(type => type.Name).Order());
        Assert.All(rows.Values, word => Assert.Contains(word, RangeMethod.Expected));
        Assert.All(rows.Values, word => Assert.Contains($"{word} ", RangeMethod.Explanation));
        Assert.Equal(
            written.Where(type => type != typeof(AutoSelector)).Select(type => type.Name).Order(),
            RangeMethod.Candidates.Select(candidate => candidate.GetType().Name).Distinct().Order()
        );
    }

    [Fact]
    public void No_other_file_knows_a_selector_by_its_word()
    {
        // "auto" is the command line's word for anything that the program is to find out.
        string[] words = [.. RangeMethod.Words.Where(word => word != RangeMethod.Automatic.Word)];

        IEnumerable<string> knowing =
            from file in SourceFile.All
            where !WhereWordsStand.Any(place => file.Path.StartsWith(place, StringComparison.Ordinal))
            from word in words
            where file.Code.Contains($"\"{word}\"", StringComparison.Ordinal) || file.Code.Contains($"\"{word}:", StringComparison.Ordinal)
            select $"{file.Path} says \"{word}\"";

        Assert.Empty(knowing);
        // And within, each word stands in one file: the selector's own, from which its row takes it.
        SourceFile[] selectors = [.. SourceFile.All.Where(file => file.IsBelow("src/Quantizer.Core/Ranges/Selectors"))];
        Assert.All(words, word => Assert.Single(selectors, file => file.Code.Contains($"\"{word}\"", StringComparison.Ordinal)));
    }
}
