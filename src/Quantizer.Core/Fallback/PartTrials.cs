using Quantizer.Calibration;
using Quantizer.Placement;
using Quantizer.Ranges.Planning;
using Quantizer.Search;

namespace Quantizer.Fallback;

/// <summary>Measures parts of a quantized network at its outputs: alone, with everything else in float, or given back, with everything
/// else as it is.</summary>
/// <param name="calibrated">The placement whose parts are meant, with its statistics.</param>
/// <param name="planOf">The numbers for a part of it.</param>
internal sealed class PartTrials(CalibratedModel calibrated, PlanJudge judge, Func<CalibratedModel, QuantizationPlan> planOf)
{
    private readonly IReadOnlyList<string> _all = calibrated.Placed.Sites.WeightedNodes;

    /// <summary>Signal over error at the outputs with each part quantized alone.</summary>
    /// <returns>By part, in dB; null where that does not run, infinite where nothing of it is quantized without its neighbours.</returns>
    public IReadOnlyList<double?> Alone(IReadOnlyList<IReadOnlyList<string>> parts)
    {
        PlacedModel[] alone = [.. parts.Select(nodes => WithFloat(_all.Except(nodes)))];
        int[] placed = [.. Enumerable.Range(0, alone.Length).Where(part => !alone[part].Sites.IsEmpty)];
        double?[] ratios = [.. alone.Select(_ => (double?)double.PositiveInfinity)];
        foreach ((int part, double? ratio) in placed.Zip(Judged([.. placed.Select(part => alone[part])])))
            ratios[part] = ratio;
        return ratios;
    }

    /// <summary>Signal over error at the outputs with each part in float.</summary>
    /// <returns>By part, in dB; null where that does not run.</returns>
    public IReadOnlyList<double?> Without(IReadOnlyList<IReadOnlyList<string>> parts) => Judged([.. parts.Select(WithFloat)]);

    private IReadOnlyList<double?> Judged(IReadOnlyList<PlacedModel> models)
    {
        (QuantizationPlan Plan, int Model)[] trials =
        [
            .. models
                .Select((placed, model) => (Calibrated: calibrated with { Placed = placed }, model))
                .Where(trial => trial.Calibrated.Serves(trial.Calibrated.Placed))
                .Select(trial => (planOf(trial.Calibrated), trial.model)),
        ];
        double?[] ratios = new double?[models.Count];
        IReadOnlyList<OutputErrors?> results = judge.Screen([.. trials.Select(trial => trial.Plan)], judge.Reference.Count);
        for (int i = 0; i < trials.Length; i++)
        {
            if (results[i] is { } outputs)
                ratios[trials[i].Model] = judge.SqnrDb(outputs);
        }
        return ratios;
    }

    private PlacedModel WithFloat(IEnumerable<string> nodes) =>
        Placer.WithFloat(calibrated.Placed, nodes.ToDictionary(node => node, _ => "on trial"));
}
