using Quantizer.Fallback;
using Quantizer.Pipeline.Comparing;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Stages;
using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Pipeline.Reports;

/// <summary>Measures what layers, weights and activations of a run's network cost at its outputs.</summary>
internal sealed class Costing(ComparedData compared, Quantization quantization)
{
    /// <summary>Runs beside those of layers: of the whole network, its weights and its activations alone.</summary>
    private const int OtherTrials = 3;

    private readonly StageRunner _stages = compared.Stages;

    /// <param name="errors">Along the network: layers with the most error of their own are measured first.</param>
    /// <returns>Null where nothing is in integers, no sample can be read, or the network cannot be run.</returns>
    public OutputCosts? Of(QuantizedRun run, IReadOnlyList<TensorError> errors)
    {
        IReadOnlyList<string> layers = Ordered(run, errors);
        DataSet data = compared.Data;
        CostBudget budget = CostBudget.Of(
            run.Work.AtLeast,
            run.Placement.Placed.Lowered.Graph.Initializers.Sum(tensor => (long)tensor.Data.Length),
            layers.Count,
            data.Samples.Count
        );
        if (layers.Count == 0 || budget.Samples == 0)
            return null;
        _stages.Begin(Stage.Order, budget.Alone + budget.GivenBack + OtherTrials);
        try
        {
            return _stages.Time(Stage.LookAtDetails, () => Measured(run, layers, budget));
        }
        catch (QuantizationException error)
        {
            _stages.Note($"What each layer costs is left out of the details: {error.Message}");
            return null;
        }
    }

    private OutputCosts? Measured(QuantizedRun run, IReadOnlyList<string> layers, CostBudget budget)
    {
        IReadOnlyList<Sample> samples = compared.Data.Reader().Spread(budget.Samples);
        using PlanJudge judge = compared.JudgeOf(run.Placement.Placed.Lowered.Model, samples);
        if (judge.Reference.Parts == 0)
            return null;
        CostMeasurement measurement = new(run.Settled, run.Quantized.Plan, judge, quantization.Transferred);
        MeasuredCosts measured = measurement.Measure(layers, budget, done => _stages.Advanced(OtherTrials + done));
        return Told(measured, layers.Count, budget);
    }

    internal static OutputCosts Told(MeasuredCosts costs, int layers, CostBudget budget)
    {
        List<string> why = [];
        if (budget.Alone < layers)
        {
            why.Add(
                $"more would take longer than {FigureText.Count((long)(CostBudget.All / 1e9))} billion multiply-accumulates; those with the "
                    + "most error of their own came first"
            );
        }
        if (costs.Layers.Count < budget.Alone)
            why.Add($"{FigureText.Count(budget.Alone - costs.Layers.Count)} cannot be in integers without neighbours");
        return new OutputCosts(
            costs.Samples,
            layers,
            [.. costs.Layers.Select(layer => new LayerCost(layer.Node, layer.AloneDb, layer.GivenBackDb))],
            string.Join("; ", why),
            costs.WholeDb,
            costs.WeightsDb,
            costs.ActivationsDb
        );
    }

    private static IReadOnlyList<string> Ordered(QuantizedRun run, IReadOnlyList<TensorError> errors)
    {
        Dictionary<string, double> own = errors
            .Where(error => error.OwnSqnrDb is not null)
            .GroupBy(error => error.Node)
            .ToDictionary(node => node.Key, node => node.Min(error => error.OwnSqnrDb!.Value));
        return
        [
            .. run
                .Sites.WeightedNodes.OrderBy(node => own.GetValueOrDefault(node, double.PositiveInfinity))
                .ThenByDescending(node => run.Work[node] ?? 0),
        ];
    }
}
