using CsCheck;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Samples;

public sealed class SampleSelectionTests
{
    [Fact]
    public void Classes_give_evenly_and_a_small_class_gives_all_it_has()
    {
        int?[] labels =
        [
            .. Enumerable
                .Range(0, 60)
                .Select(i =>
                    (int?)(
                        i < 50 ? i % 2
                        : i < 58 ? 2
                        : 3
                    )
                ),
        ];

        SampleSelection selection = SampleSelection.Choose(Names(60), labels, 20, seed: 0);

        Dictionary<int, int> perClass = selection
            .Chosen.GroupBy(index => labels[index]!.Value)
            .ToDictionary(group => group.Key, group => group.Count());
        Assert.Equal(20, selection.Chosen.Distinct().Count());
        Assert.Equal((6, 6, 6, 2), (perClass[0], perClass[1], perClass[2], perClass[3]));
    }

    [Fact]
    public void The_choice_is_of_names_not_of_the_order_they_are_listed_in()
    {
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 40], Gen.Int[1, 5], Gen.Int[0, 9])
            .Sample(
                (total, count, classes, seed) =>
                {
                    string[] names = Names(total);
                    int?[] labels = [.. Enumerable.Range(0, total).Select(i => (int?)(i % classes))];
                    int[] order = [.. Enumerable.Range(0, total).OrderBy(i => i * 7919 % 61)];

                    IReadOnlyList<int> plain = SampleSelection.Choose(names, labels, count, seed).Chosen;
                    IReadOnlyList<int> shuffled = SampleSelection
                        .Choose([.. order.Select(i => names[i])], [.. order.Select(i => labels[i])], count, seed)
                        .Chosen;

                    Assert.Equal(plain.Select(i => names[i]), shuffled.Select(i => names[order[i]]));
                    Assert.Equal(Math.Min(total, count), plain.Distinct().Count());
                }
            );
    }

    [Fact]
    public void A_smaller_selection_is_the_beginning_of_a_larger_one()
    {
        int?[] labels = [.. Enumerable.Range(0, 100).Select(i => (int?)(i % 7))];

        IReadOnlyList<int> large = SampleSelection.Choose(Names(100), labels, 60, seed: 3).Chosen;

        Assert.Equal(large.Take(25), SampleSelection.Choose(Names(100), labels, 25, seed: 3).Chosen);
    }

    [Fact]
    public void The_seed_decides_and_the_same_seed_decides_the_same()
    {
        int?[] none = new int?[100];

        Assert.Equal(SampleSelection.Choose(Names(100), none, 10, 1).Chosen, SampleSelection.Choose(Names(100), none, 10, 1).Chosen);
        Assert.NotEqual(
            SampleSelection.Choose(Names(100), none, 10, 1).Chosen.Order(),
            SampleSelection.Choose(Names(100), none, 10, 2).Chosen.Order()
        );
    }

    /// <summary>A change of the hash would silently change everybody's calibration.</summary>
    [Fact]
    public void The_choice_never_changes_between_versions() =>
        Assert.Equal([10, 11, 7, 12, 17], SampleSelection.Choose(Names(20), new int?[20], 5, seed: 0).Chosen);

    [Fact]
    public void One_name_more_moves_at_most_one_other()
    {
        HashSet<int> before = [.. SampleSelection.Choose(Names(200), new int?[200], 50, 0).Chosen];
        HashSet<int> after = [.. SampleSelection.Choose(Names(201), new int?[201], 50, 0).Chosen];

        Assert.True(before.Except(after).Count() <= 1);
    }

    [Fact]
    public void Every_sample_is_chosen_or_the_spare_of_just_one_of_its_class()
    {
        int?[] labels = [.. Enumerable.Range(0, 41).Select(i => i % 5 == 0 ? null : (int?)(i % 3))];

        SampleSelection selection = SampleSelection.Choose(Names(41), labels, 10, 0);

        int[] all = [.. selection.Chosen, .. selection.Spares.SelectMany(spares => spares)];
        Assert.Equal(Enumerable.Range(0, 41), all.Order());
        for (int i = 0; i < selection.Chosen.Count; i++)
            Assert.All(selection.Spares[i], spare => Assert.Equal(labels[selection.Chosen[i]], labels[spare]));
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"picture-{i}.jpg")];
}
