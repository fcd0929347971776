using Quantizer.Isolation;

namespace Quantizer.Core.Tests.Isolation;

public class FailureIsolationTests
{
    private const int Nodes = 100;
    private static readonly string[] Weighted = [.. Enumerable.Range(0, Nodes).Select(number => $"n{number}")];

    private int _trials;

    [Fact]
    public void What_runs_is_tried_once_and_left_as_it_is()
    {
        Assert.Empty(Find(_ => true)!);
        Assert.Equal(1, _trials);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(Nodes - 1)]
    public void A_node_that_no_message_names_is_found_by_halving(int culprit)
    {
        IReadOnlyDictionary<string, string>? found = Find(inFloat => inFloat.Contains($"n{culprit}"));

        Assert.Equal([$"n{culprit}"], found!.Keys);
        // One of each: as it is, all in float, and what was found; between them the halves.
        Assert.InRange(_trials, 3, 3 + (int)Math.Ceiling(Math.Log2(Nodes)));
    }

    [Fact]
    public void Several_culprits_are_found_one_after_the_other()
    {
        Assert.Equal(["n12", "n60", "n61"], Find(inFloat => new[] { "n12", "n60", "n61" }.All(inFloat.Contains))!.Keys.Order());
    }

    [Fact]
    public void Of_two_that_fail_only_together_one_stays_in_integers()
    {
        Assert.Equal(["n80"], Find(inFloat => inFloat.Contains("n20") || inFloat.Contains("n80"))!.Keys);
    }

    [Fact]
    public void With_more_culprits_than_are_looked_for_it_ends_with_a_set_that_runs()
    {
        bool Runs(IReadOnlyCollection<string> inFloat) => Weighted.Where((_, number) => number % 5 == 0).All(inFloat.Contains);

        IReadOnlyDictionary<string, string>? found = Find(Runs);

        Assert.True(Runs([.. found!.Keys]));
        Assert.DoesNotContain("n1", found.Keys);
        Assert.InRange(_trials, 1, 100);
    }

    [Fact]
    public void What_fails_without_any_quantization_is_not_blamed_on_a_node()
    {
        Assert.Null(Find(_ => false));
        Assert.Equal(2, _trials);
    }

    [Fact]
    public void Suspects_come_first_the_smallest_set_that_helps_is_taken_and_keeps_the_words()
    {
        FailureIsolation isolation = new(
            inFloat => inFloat.Contains("between") || inFloat.Count == Nodes ? null : "the words",
            Weighted,
            _ =>
                [
                    ["n3"],
                    ["n3", "between"],
                    ["n4", "between"],
                ]
        );

        IReadOnlyDictionary<string, string>? found = isolation.Find();

        Assert.Equal(["between", "n3"], found!.Keys.Order());
        Assert.All(found.Values, words => Assert.Equal("the words", words));
    }

    private IReadOnlyDictionary<string, string>? Find(Func<IReadOnlyCollection<string>, bool> runs) =>
        new FailureIsolation(
            inFloat =>
            {
                _trials++;
                return runs(inFloat) ? null : "fails";
            },
            Weighted,
            _ => []
        ).Find();
}
