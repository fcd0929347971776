using Quantizer.Comparison.Tasks.Judges;

namespace Quantizer.Core.Tests.Comparison.Tasks.Judges;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("kitten", "sitting", "k>s e>i .>g")]
    [InlineData("0123", "0l23", "1>l")]
    [InlineData("abc", "ac", "b>.")]
    [InlineData("ac", "abc", ".>b")]
    [InlineData("", "ab", ".>a .>b")]
    [InlineData("ab", "", "a>. b>.")]
    [InlineData("aab", "aab", "")]
    [InlineData("aaa", "aa", "a>.")]
    public void Edits_tell_what_became_what(string from, string to, string expected)
    {
        IReadOnlyList<(int From, int To)> edits = EditDistance.Edits(Codes(from), Codes(to), '.');

        Assert.Equal(expected, string.Join(' ', edits.Select(edit => $"{(char)edit.From}>{(char)edit.To}")));
    }

    [Fact]
    public void There_are_as_many_as_the_distance_and_they_turn_one_list_into_the_other()
    {
        Random random = new(5);
        for (int round = 0; round < 500; round++)
        {
            int[] from = Some(random),
                to = Some(random);

            IReadOnlyList<(int From, int To)> edits = EditDistance.Edits(from, to, -1);

            Assert.Equal(EditDistance.Between<int>(from, to), edits.Count);
            // What is left of both after the edits are taken away is the same characters.
            Assert.Equal(Without(from, edits.Select(edit => edit.From)), Without(to, edits.Select(edit => edit.To)));
        }
    }

    private static int[] Some(Random random) => [.. Enumerable.Range(0, random.Next(9)).Select(_ => random.Next(3))];

    private static int[] Without(int[] list, IEnumerable<int> taken)
    {
        List<int> left = [.. list];
        foreach (int value in taken.Where(value => value >= 0))
            Assert.True(left.Remove(value));
        return [.. left.Order()];
    }

    private static int[] Codes(string text) => [.. text.Select(letter => (int)letter)];
}
