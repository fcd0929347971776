using Quantizer.Calibration;
using Quantizer.Ranges.Planning;
using Quantizer.Search;

namespace Quantizer.Fallback;

/// <summary>Measures what the layers of a quantized network, its weights and its activations cost at the outputs.</summary>
/// <param name="calibrated">The placement of the plan, with its statistics.</param>
/// <param name="plan">Of the whole network.</param>
/// <param name="planOf">The numbers of a plan for a part of it.</param>
internal sealed class CostMeasurement(
    CalibratedModel calibrated,
    QuantizationPlan plan,
    PlanJudge judge,
    Func<QuantizationPlan, CalibratedModel, QuantizationPlan> planOf
)
{
    /// <summary>Layers that are measured between two words about it.</summary>
    private const int LayersAtOnce = 8;

    private readonly PartTrials _trials = new(calibrated, judge, part => planOf(plan.Around(part.Placed.Sites), part));

    /// <param name="layers">To measure first, until the budget is used up.</param>
    /// <param name="measured">Hears the number of networks measured.</param>
    public MeasuredCosts Measure(IReadOnlyList<string> layers, CostBudget budget, Action<int> measured)
    {
        double? whole = judge.Judge(plan, double.NegativeInfinity, judge.Order, asWritten: true) is { } errors
            ? judge.SqnrDb(errors)
            : null;
        int done = 0;
        MeasuredLayer[] alone =
        [
            .. Each(layers.Take(budget.Alone), _trials.Alone)
                .Where(layer => layer.SqnrDb is { } ratio && double.IsFinite(ratio))
                .Select(layer => new MeasuredLayer(layer.Node, layer.SqnrDb!.Value, GivenBackDb: null))
                .OrderBy(layer => layer.AloneDb),
        ];
        Dictionary<string, double?> without = Each(alone.Take(budget.GivenBack).Select(layer => layer.Node), _trials.Without)
            .ToDictionary(layer => layer.Node, layer => layer.SqnrDb);
        return new MeasuredCosts(
            [.. alone.Select(layer => layer with { GivenBackDb = without.GetValueOrDefault(layer.Node) - whole })],
            judge.Reference.Count,
            whole,
            judge.WeightsAlone(plan),
            judge.ActivationsAlone(plan)
        );

        List<(string Node, double? SqnrDb)> Each(
            IEnumerable<string> nodes,
            Func<IReadOnlyList<IReadOnlyList<string>>, IReadOnlyList<double?>> tried
        )
        {
            List<(string, double?)> found = [];
            foreach (string[] some in nodes.Chunk(LayersAtOnce))
            {
                found.AddRange(some.Zip(tried([.. some.Select(node => (string[])[node])])));
                measured(done += some.Length);
            }
            return found;
        }
    }
}
