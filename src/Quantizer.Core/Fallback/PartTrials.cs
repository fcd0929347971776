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
    /// <returns>By part, in dB; null where that does not run, or nothing of it can be quantized alone.</returns>
    public IReadOnlyList<double?> Alone(IReadOnlyList<IReadOnlyList<string>> parts) => Judged(parts, nodes => _all.Except(nodes));

    /// <summary>Signal over error at the outputs with each part in float.</summary>
    /// <returns>As above.</returns>
    public IReadOnlyList<double?> Without(IReadOnlyList<IReadOnlyList<string>> parts) => Judged(parts, nodes => nodes);

    private IReadOnlyList<double?> Judged(
        IReadOnlyList<IReadOnlyList<string>> parts,
        Func<IReadOnlyList<string>, IEnumerable<string>> inFloat
    )
    {
        double?[] ratios = new double?[parts.Count];
        (QuantizationPlan Plan, int Part)[] trials =
        [
            .. parts
                .Select((nodes, part) => (Model: calibrated with { Placed = WithFloat(inFloat(nodes)) }, part))
                .Where(trial => trial.Model.Serves(trial.Model.Placed))
                .Select(trial => (planOf(trial.Model), trial.part)),
        ];
        IReadOnlyList<OutputErrors?> results = judge.Screen([.. trials.Select(trial => trial.Plan)], judge.Reference.Count);
        for (int i = 0; i < trials.Length; i++)
        {
            if (results[i] is { } outputs)
                ratios[trials[i].Part] = judge.SqnrDb(outputs);
        }
        return ratios;
    }

    private PlacedModel WithFloat(IEnumerable<string> nodes) =>
        Placer.WithFloat(calibrated.Placed, nodes.ToDictionary(node => node, _ => "on trial"));
}
