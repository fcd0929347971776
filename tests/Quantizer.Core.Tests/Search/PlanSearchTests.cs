using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

public class PlanSearchTests
{
    private static readonly Study Network = Study.Outliers;
    private static readonly SearchProgress Unheard = new(_ => { }, _ => { }, _ => { }, _ => { });

    [Fact]
    public void The_plan_is_what_refinement_made_of_the_best_selector()
    {
        List<(string Stage, int Steps)> begun = [];
        int advanced = 0;

        using PlanSearch search = new(
            Network.Subject,
            new SearchOptions(RangeMethod.Automatic, WeightRangeMethod.Automatic, WeightGranularity.PerChannel, 2),
            new SearchProgress(
                steps => begun.Add(("recording", steps)),
                steps => begun.Add(("trying", steps)),
                steps => begun.Add(("refining", steps)),
                done => advanced = done
            ),
            CancellationToken.None
        );
        SearchResult first = search.Select();
        Assert.Equal(["recording", "trying"], begun.Select(stage => stage.Stage));
        SearchResult found = search.Refine(first);

        using PlanJudge judge = Network.Judge;
        PlanTrial selected = PlanSelection.Best(
            judge,
            [(WeightRangeMethod.MinMax, Network.MinMax), (WeightRangeMethod.SquaredError, Network.SquaredError)],
            RangeMethod.Automatic.Selectors,
            judge.Reference.Count,
            _ => { }
        )!;
        Assert.Equal((selected.SqnrDb, 0), (first.SqnrDb, first.Kept));
        Assert.Equal(selected.Plan.Activations, first.Plan.Activations);
        Assert.True(found.Kept > 0);
        Assert.True(found.Trials > first.Trials);
        Assert.True(found.SqnrDb > selected.SqnrDb + PlanRefinement.NoticeableDb);
        Assert.Equal(found.SqnrDb, judge.SqnrDb(judge.Judge(found.Plan, double.NegativeInfinity, judge.Order)!));
        Assert.Equal(["recording", "trying", "refining"], begun.Select(stage => stage.Stage));
        Assert.Equal(Network.Samples.Count, begun[0].Steps);
        Assert.Equal(begun[2].Steps, advanced);
    }

    [Fact]
    public void What_did_best_in_one_search_is_all_that_another_tries()
    {
        SearchOptions options = new(RangeMethod.Automatic, WeightRangeMethod.MinMax, WeightGranularity.PerChannel, 2);
        using PlanSearch search = new(Network.Subject, options, Unheard, CancellationToken.None);
        SearchResult first = search.Select();
        using PlanSearch other = new(Network.Subject with { Selectors = first.Finalists }, options, Unheard, CancellationToken.None);

        SearchResult again = other.Select();

        Assert.Equal(2, first.Finalists.Count);
        Assert.Contains(first.Selector, first.Finalists);
        // All samples are first ones here: what was tried on them is judged.
        Assert.Equal((RangeMethod.Automatic.Selectors.Count, 2), (first.Trials, again.Trials));
        Assert.Equal((first.Selector, first.SqnrDb), (again.Selector, again.SqnrDb));
    }

    [Fact]
    public void Only_the_search_that_selected_a_plan_refines_it()
    {
        SearchOptions options = new(RangeMethod.Entropy, WeightRangeMethod.MinMax, WeightGranularity.PerChannel, 2);
        using PlanSearch search = new(Network.Subject, options, Unheard, CancellationToken.None);
        using PlanSearch other = new(Network.Subject, options, Unheard, CancellationToken.None);
        SearchResult found = search.Select();
        other.Select();

        Assert.Throws<ArgumentException>(() => other.Refine(found));
    }

    [Fact]
    public void With_nothing_to_choose_from_no_sample_is_run()
    {
        using PlanSearch search = new(
            Network.Subject with
            {
                Samples = [],
            },
            new SearchOptions(RangeMethod.Entropy, WeightRangeMethod.MinMax, WeightGranularity.PerChannel, 2),
            Unheard,
            CancellationToken.None
        );
        SearchResult found = search.Select();

        Assert.Same(found, search.Refine(found));
        Assert.Equal(Network.MinMax.Plan(RangeMethod.Parse("entropy").Selectors[0]).Activations, found.Plan.Activations);
        Assert.Equal((null, 0), (found.SqnrDb, found.Trials));
    }

    [Fact]
    public void Weights_without_a_scale_are_told_before_any_sample_is_run()
    {
        List<string> begun = [];
        OnnxModel broken = ModelVariants.WithInitializers(
            Network.Model,
            [
                .. Network.Model.Graph.Initializers.Select(tensor =>
                    tensor.Name == Network.Sites.Weights[^1].Tensor ? Infinite(tensor) : tensor
                ),
            ]
        );

        QuantizationException error = Assert.Throws<QuantizationException>(() =>
            new PlanSearch(
                Network.Subject with
                {
                    Model = broken,
                },
                new SearchOptions(RangeMethod.Automatic, WeightRangeMethod.Automatic, WeightGranularity.PerChannel, 2),
                new SearchProgress(_ => begun.Add("recording"), _ => begun.Add("trying"), _ => begun.Add("refining"), _ => { }),
                CancellationToken.None
            )
        );

        Assert.Contains("NaNs or infinities", error.Message);
        Assert.Empty(begun);

        static Tensor Infinite(Tensor tensor) =>
            Tensor.FromFloats(tensor.Name, tensor.Dimensions, [.. Enumerable.Repeat(float.PositiveInfinity, (int)tensor.ElementCount)]);
    }

    [Fact]
    public void A_named_selector_is_not_refined_but_its_weight_ranges_are_chosen_by_the_outputs()
    {
        SearchResult found = Search("percentile:99.9", "auto");

        using PlanJudge judge = Network.Judge;
        PlanTrial selected = PlanSelection.Best(
            judge,
            [(WeightRangeMethod.MinMax, Network.MinMax), (WeightRangeMethod.SquaredError, Network.SquaredError)],
            RangeMethod.Parse("percentile:99.9").Selectors,
            judge.Reference.Count,
            _ => { }
        )!;
        Assert.Equal(selected.Plan.Activations, found.Plan.Activations);
        Assert.Equal(selected.Plan.Weights.Select(weights => weights.Scales), found.Plan.Weights.Select(weights => weights.Scales));
        Assert.Equal((2, 0), (found.Trials, found.Kept));
    }

    private static SearchResult Search(string method, string weightRanges)
    {
        using PlanSearch search = new(
            Network.Subject,
            new SearchOptions(
                RangeMethod.Parse(method),
                WeightWords.Ranges.TryParse(weightRanges, out WeightRangeMethod ways) ? ways : throw new ArgumentException(weightRanges),
                WeightGranularity.PerChannel,
                2
            ),
            Unheard,
            CancellationToken.None
        );
        return search.Refine(search.Select());
    }
}
