using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

public class PlanSelectionTests
{
    private static readonly Study Network = Study.LongTails;

    [Fact]
    public void The_best_plan_at_the_outputs_is_chosen()
    {
        using PlanJudge judge = Network.Judge;
        List<int> tried = [];

        PlanTrial best = PlanSelection.Best(
            judge,
            [(WeightRangeMethod.MinMax, Network.MinMax), (WeightRangeMethod.SquaredError, Network.SquaredError)],
            RangeMethod.Automatic.Selectors,
            judge.Reference.Count,
            tried.Add
        )!;

        Assert.Equal([6, 7], tried);
        Dictionary<string, double> whole = RangeMethod.Automatic.Selectors.ToDictionary(
            selector => selector.Name,
            selector => SqnrDb(judge, Network.MinMax, selector.Name)
        );
        Assert.Equal(whole.MaxBy(pair => pair.Value).Key, best.Selector.Name);
        Assert.True(whole.Values.Max() > whole.Values.Min());
        Assert.Equal(Math.Max(whole[best.Selector.Name], SqnrDb(judge, Network.SquaredError, best.Selector.Name)), best.SqnrDb);
    }

    [Fact]
    public void What_looks_best_on_the_first_samples_is_judged_on_all()
    {
        using PlanJudge judge = Network.Judge;
        const int First = 4;
        Assert.True(First < judge.Reference.Count);

        PlanTrial best = PlanSelection.Best(
            judge,
            [(WeightRangeMethod.MinMax, Network.MinMax), (WeightRangeMethod.SquaredError, Network.SquaredError)],
            RangeMethod.Automatic.Selectors,
            First,
            _ => { }
        )!;

        Assert.Equal(7, judge.Trials);
        Assert.Equal(2, best.Finalists.Count);
        RangePlanner planner = best.WeightRanges == WeightRangeMethod.MinMax ? Network.MinMax : Network.SquaredError;
        Assert.Equal(SqnrDb(judge, planner, best.Selector.Name), best.SqnrDb);
        // All plans on the first samples, and what was taken on all of them.
        Assert.Equal([.. Enumerable.Repeat(First, 7), judge.Reference.Count], best.Tried.Select(tried => tried.Samples));
        Assert.Equal(7, best.Tried.Take(7).Select(tried => tried.Name).Distinct().Count());
        string taken = $"{best.Selector.Name}, weights by {WeightWords.Ranges.WordOf(best.WeightRanges)}";
        Assert.All(best.Tried, tried => Assert.Equal(tried.Name == taken, tried.IsTaken));
        Assert.Equal((taken, best.SqnrDb), (best.Tried[^1].Name, best.Tried[^1].SqnrDb!.Value));
    }

    [Fact]
    public void What_a_part_of_the_samples_shows_to_be_hopeless_is_run_on_no_more()
    {
        using PlanJudge judge = Network.Judge;
        int all = judge.Reference.Count,
            part = SearchBudget.FirstRound(all);
        IRangeSelector[] selectors =
        [
            new PercentileSelector(90),
            .. RangeMethod.Parse("mse").Selectors,
            .. RangeMethod.Entropy.Selectors,
            new PercentileSelector(99.99),
        ];

        PlanTrial best = PlanSelection.Best(judge, [(WeightRangeMethod.MinMax, Network.MinMax)], selectors, all, _ => { })!;

        Assert.True(part < all);
        Assert.Equal(4, judge.Trials);
        JudgedCandidate hopeless = Assert.Single(best.Tried, tried => tried.Samples == part);
        Assert.Equal($"{selectors[0].Name}, weights by minmax", hopeless.Name);
        OutputErrors errors = judge.Screen([Network.MinMax.Plan(selectors[0])], part)[0]!;
        Assert.Equal(judge.Reference.SqnrDb(errors, part), hopeless.SqnrDb);
        Assert.Equal(3, best.Tried.Count(tried => tried.Samples == all));
        Assert.DoesNotContain(best.Finalists, selector => selector.Name == selectors[0].Name);
    }

    [Fact]
    public void A_named_selector_is_the_only_one_tried()
    {
        using PlanJudge judge = Network.Judge;

        PlanTrial trial = PlanSelection.Best(
            judge,
            [(WeightRangeMethod.MinMax, Network.MinMax)],
            RangeMethod.Entropy.Selectors,
            judge.Reference.Count,
            _ => { }
        )!;

        Assert.Equal(1, judge.Trials);
        Assert.All(trial.Plan.Activations.Values, activation => Assert.Equal("entropy", activation.Method));
    }

    [Fact]
    public void Of_equal_plans_the_first_tried_is_chosen()
    {
        using PlanJudge judge = Network.Judge;

        PlanTrial best = PlanSelection.Best(
            judge,
            [(WeightRangeMethod.SquaredError, Network.MinMax), (WeightRangeMethod.MinMax, Network.MinMax)],
            [new MeanSquaredErrorSelector(), new MeanSquaredErrorSelector()],
            judge.Reference.Count,
            _ => { }
        )!;

        Assert.Equal(WeightRangeMethod.SquaredError, best.WeightRanges);
    }

    private static double SqnrDb(PlanJudge judge, RangePlanner planner, string selector) =>
        judge.SqnrDb(judge.Judge(planner.Plan(RangeMethod.Parse(selector).Selectors[0]), double.NegativeInfinity, judge.Order)!);
}
