using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

public class PlanRefinementTests
{
    private static readonly Study Network = Study.LongTails;

    [Fact]
    public void A_poor_plan_is_improved_and_the_figure_is_that_of_its_own_model()
    {
        using PlanJudge judge = Network.Judge;
        PlanTrial start = Start(judge, "percentile:99");
        List<int> tried = [];

        (PlanTrial refined, int kept) = PlanRefinement.Refine(judge, start, Moves(start), tried.Add);

        Assert.True(refined.SqnrDb > start.SqnrDb + 1);
        Assert.InRange(kept, 1, start.Plan.Activations.Count);
        Assert.NotEqual(start.Plan.Activations, refined.Plan.Activations);
        Assert.Equal(refined.SqnrDb, judge.SqnrDb(judge.Judge(refined.Plan, double.NegativeInfinity, judge.Order)!));
        Assert.Equal(Moves(start).Count, tried[^1]);
        Assert.Equal(kept, refined.Tried.Count(move => move.IsTaken));
        Assert.All(
            refined.Tried.Where(move => move.IsTaken),
            move => Assert.InRange(move.SqnrDb!.Value, move.BeforeDb!.Value + PlanRefinement.NoticeableDb, double.MaxValue)
        );
        Assert.Equal(refined.SqnrDb, refined.Tried.Last(move => move.IsTaken).SqnrDb);
    }

    [Fact]
    public void What_gains_too_little_to_notice_is_not_kept()
    {
        using PlanJudge judge = Network.Judge;
        PlanTrial start = Start(judge, "mse");
        string source = start.Plan.Activations.Keys.First();
        ActivationPlan activation = start.Plan.Activations[source];
        // A twentieth of a percent coarser or finer: the outputs hardly differ.
        IEnumerable<PlanMove> moves = new[] { 0.9995f, 1.0005f }.Select(factor => new PlanMove(
            source,
            _ => true,
            plan =>
                Network.MinMax.WithActivation(
                    plan,
                    source,
                    activation with
                    {
                        Parameters = activation.Parameters with { Scale = activation.Parameters.Scale * factor },
                    }
                )
        ));

        (PlanTrial refined, int kept) = PlanRefinement.Refine(judge, start, [.. moves], _ => { });

        Assert.Same(start.Plan, refined.Plan);
        Assert.Equal(0, kept);
        JudgedCandidate told = Assert.Single(refined.Tried);
        Assert.Equal((source + ": mse", false), (told.Name, told.IsTaken));
        Assert.Equal(told.BeforeDb!.Value, told.SqnrDb!.Value, 1);
    }

    [Fact]
    public void Without_moves_nothing_is_tried()
    {
        using PlanJudge judge = Network.Judge;
        PlanTrial start = Start(judge, "percentile:99");

        Assert.Same(start, PlanRefinement.Refine(judge, start, [], _ => { }).Best);
        Assert.Equal(1, judge.Trials);
    }

    [Fact]
    public void Workers_do_not_show()
    {
        using PlanJudge one = Network.JudgeOf(workers: 1),
            four = Network.JudgeOf(workers: 4);

        PlanTrial refined = PlanRefinement.Refine(one, Start(one, "percentile:99"), Moves(Start(one, "percentile:99")), _ => { }).Best;

        Assert.Equal(
            refined.Plan.Activations,
            PlanRefinement.Refine(four, Start(four, "percentile:99"), Moves(Start(four, "percentile:99")), _ => { }).Best.Plan.Activations
        );
    }

    private static PlanTrial Start(PlanJudge judge, string selector) =>
        PlanSelection.Best(
            judge,
            [(WeightRangeMethod.MinMax, Network.MinMax)],
            RangeMethod.Parse(selector).Selectors,
            judge.Reference.Count,
            _ => { }
        )!;

    private static IReadOnlyList<PlanMove> Moves(PlanTrial start) =>
        [
            .. start
                .Plan.Activations.Keys.SelectMany(source => PlanMove.OfActivation(Network.MinMax, source))
                .Where(move => move.Differs(start.Plan)),
        ];
}
