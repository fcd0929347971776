using Quantizer.Execution;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Rewriting;
using Quantizer.Samples;
using Quantizer.Search;
using Quantizer.Search.Trials;

namespace Quantizer.Core.Tests.Search;

public class PlanJudgeTests
{
    private static readonly Study Network = Study.LongTails;

    private static readonly QuantizationPlan Good = Network.MinMax.Plan(RangeMethod.Parse("mse").Selectors[0]),
        Bad = Network.MinMax.Plan(RangeMethod.Parse("percentile:90").Selectors[0]);

    [Fact]
    public void A_plan_is_given_up_only_when_it_cannot_beat_the_other()
    {
        using PlanJudge judge = Network.Judge;
        OutputErrors good = judge.Judge(Good, double.NegativeInfinity, judge.Order)!,
            bad = judge.Judge(Bad, double.NegativeInfinity, judge.Order)!;
        double best = judge.SqnrDb(good),
            worse = judge.SqnrDb(bad);
        Assert.True(best > worse + 1);

        Assert.Null(judge.Judge(Bad, best, judge.WorstFirst(good)));
        // What it reaches is beaten by a hair, and not by less: both ways the plan is run to its end and judged as without a limit.
        Assert.Equal(worse, judge.SqnrDb(judge.Judge(Bad, worse, judge.WorstFirst(good))!));
        Assert.Equal(worse, judge.SqnrDb(judge.Judge(Bad, worse - 1e-3, judge.Order)!));
        Assert.Null(judge.Judge(Bad, worse + 1e-3, judge.Order));
    }

    [Fact]
    public void Samples_that_a_plan_was_run_on_are_not_run_again()
    {
        using PlanJudge judge = Network.Judge;
        OutputErrors whole = judge.Judge(Good, double.NegativeInfinity, judge.Order)!,
            known = judge.Screen([Good], samples: 4)[0]!;
        known[0] = [123];

        OutputErrors screened = judge.Screen([Good], samples: 8, [known])[0]!,
            judged = judge.Judge(Good, double.NegativeInfinity, judge.Order, known: screened)!;

        Assert.Equal(2, judge.Trials);
        Assert.Equal([123], judged[0]!);
        Assert.All(judge.Order.Skip(1), sample => Assert.Equal(whole[sample]!, judged[sample]!));
        Assert.Null(known[4]);
        Assert.Null(screened[8]);
    }

    [Fact]
    public void A_hopeless_plan_is_not_run_on_all_samples()
    {
        using InferenceModel model = InferenceModel.Load(GraphRewriter.Rewrite(Network.Model, Bad));
        SampleWorkers alone = new(1, CancellationToken.None);
        int asked = 0;
        OutputReference reference = Network.Reference;

        OutputErrors? errors = JudgedRun.On(
            model,
            reference,
            [.. Enumerable.Range(0, reference.Count)],
            soFar => ++asked == 3,
            alone,
            CancellationToken.None
        );

        Assert.Null(errors);
        Assert.Equal(3, asked);
    }

    [Fact]
    public void The_samples_with_most_error_come_first()
    {
        using PlanJudge judge = Network.Judge;
        OutputErrors errors = judge.Judge(Good, double.NegativeInfinity, judge.Order)!;

        IReadOnlyList<int> order = judge.WorstFirst(errors);

        Assert.Equal(judge.Order, order.Order());
        Assert.Equal(order.Select(sample => errors.Of(sample, 0)).OrderDescending(), order.Select(sample => errors.Of(sample, 0)));
        Assert.NotEqual(judge.Order, order);
    }

    [Fact]
    public void Screening_finds_the_errors_of_the_first_samples()
    {
        using PlanJudge judge = Network.Judge;

        IReadOnlyList<OutputErrors?> screened = judge.Screen([Good, Bad, Good, Bad], samples: 16);

        OutputErrors good = judge.Judge(Good, double.NegativeInfinity, judge.Order)!,
            bad = judge.Judge(Bad, double.NegativeInfinity, judge.Order)!;
        Assert.Equal([good.Sums(16), bad.Sums(16), good.Sums(16), bad.Sums(16)], screened.Select(errors => errors!.Sums(16)));
        Assert.All(screened, errors => Assert.Null(errors![16]));
    }

    [Fact]
    public void Every_plan_that_is_tried_is_counted()
    {
        using PlanJudge judge = Network.Judge;

        judge.Screen([Good, Bad, Broken(Good)], samples: 4);
        judge.Judge(Good, double.NegativeInfinity, judge.Order);
        judge.Judge(Broken(Good), double.NegativeInfinity, judge.Order);

        Assert.Equal(5, judge.Trials);
    }

    [Fact]
    public void A_plan_whose_model_cannot_be_run_has_lost()
    {
        using PlanJudge judge = Network.Judge;
        QuantizationPlan broken = Broken(Good);

        Assert.Null(judge.Judge(broken, double.NegativeInfinity, judge.Order));
        Assert.Equal([false, true], judge.Screen([broken, Good], samples: 4).Select(errors => errors is not null));
    }

    [Fact]
    public void A_judgement_is_given_up_when_it_is_cancelled()
    {
        using CancellationTokenSource cancellation = new();
        using PlanJudge judge = new(Network.Model, Network.Reference, new SampleWorkers(2, CancellationToken.None), cancellation.Token);
        Assert.NotNull(judge.Judge(Good, double.NegativeInfinity, judge.Order));

        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => judge.Judge(Good, double.NegativeInfinity, judge.Order));
        Assert.ThrowsAny<OperationCanceledException>(() => judge.Screen([Good, Bad], samples: 4));
    }

    /// <summary>More scales than there are channels.</summary>
    private static QuantizationPlan Broken(QuantizationPlan plan) =>
        plan with
        {
            Weights =
            [
                .. plan.Weights.Select(weights =>
                    weights with
                    {
                        Scales = [.. weights.Scales, 1f],
                        BiasScales = [.. weights.BiasScales, 1f],
                    }
                ),
            ],
        };
}
