using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Samples;
using Quantizer.Search.Trials;

namespace Quantizer.Search;

/// <summary>Measures what plans do to the outputs of the network.</summary>
internal sealed class PlanJudge : IDisposable
{
    /// <summary>
    /// Sums in another order than the final one may differ in their last digits: a plan is given up only when it is worse by
    /// far more than that.
    /// </summary>
    private const double SureDb = 1e-6;

    /// <summary>Without optimizing, which quantizes the weights of what reads and gives integers.</summary>
    private static readonly ExecutionOptions AsWritten = new() { Level = OptimizationLevel.None };

    private readonly OnnxModel _model;
    private readonly OutputReference _reference;
    private readonly SampleWorkers _workers;
    private readonly SampleWorkers _alone;
    private readonly CancellationToken _cancellation;
    private readonly TrialModels _models;

    public PlanJudge(OnnxModel model, OutputReference reference, SampleWorkers workers, CancellationToken cancellation)
    {
        _model = model;
        _reference = reference;
        _workers = workers;
        _alone = new SampleWorkers(1, cancellation);
        _cancellation = cancellation;
        _models = new TrialModels(model, reference.Judged);
    }

    /// <summary>Plans tried so far.</summary>
    public int Trials { get; private set; }

    public OutputReference Reference => _reference;

    /// <summary>All samples in the order they were recorded in.</summary>
    public IReadOnlyList<int> Order => [.. Enumerable.Range(0, _reference.Count)];

    /// <summary>Signal over error of a plan that was run on all samples.</summary>
    public double SqnrDb(OutputErrors errors) => _reference.SqnrDb(errors, _reference.Count);

    /// <summary>
    /// Runs a plan on all samples, or until it is sure that it cannot beat another plan.
    /// </summary>
    /// <param name="mustBeatDb">What the signal over the error must exceed.</param>
    /// <param name="order">The samples, the ones with most error first: the sooner a hopeless plan is given up.</param>
    /// <param name="asWritten">Run the very model that users will open, not one that computes the same.</param>
    /// <param name="known">What <see cref="Screen"/> found of the plan; null: nothing.</param>
    /// <returns>Null when the plan is not better, or when its model cannot be opened or run.</returns>
    public OutputErrors? Judge(
        QuantizationPlan plan,
        double mustBeatDb,
        IReadOnlyList<int> order,
        bool asWritten = false,
        OutputErrors? known = null
    )
    {
        if (known is null)
            Trials++;
        try
        {
            using InferenceModel model = asWritten ? _models.OpenOwn(plan) : _models.Open(plan);
            return JudgedRun.On(
                model,
                _reference,
                order,
                errors => _reference.SqnrDb(errors, _reference.Count) < mustBeatDb - SureDb,
                _workers,
                _cancellation,
                known
            );
        }
        catch (QuantizationException)
        {
            return null;
        }
    }

    /// <summary>Runs several plans on the first samples, side by side.</summary>
    /// <param name="known">For each plan what was found on fewer samples; null: nothing.</param>
    /// <returns>For each plan its errors, null when its model cannot be opened or run.</returns>
    public IReadOnlyList<OutputErrors?> Screen(
        IReadOnlyList<QuantizationPlan> plans,
        int samples,
        IReadOnlyList<OutputErrors?>? known = null
    )
    {
        Trials += plans.Where((_, i) => known?[i] is null).Count();
        IReadOnlyList<int> order = [.. Enumerable.Range(0, samples)];
        return plans.Count == 1 ? [Screened(0, _workers)] : _workers.Map(plans.Count, i => Screened(i, _alone));

        OutputErrors? Screened(int i, SampleWorkers workers)
        {
            try
            {
                using InferenceModel model = _models.Open(plans[i]);
                return JudgedRun.On(model, _reference, order, _ => false, workers, _cancellation, known?[i]);
            }
            catch (QuantizationException)
            {
                // A plan that cannot be run has lost.
                return null;
            }
        }
    }

    /// <summary>Signal over error with the plan's weights alone in integers; null when that model cannot be made, opened or run.</summary>
    public double? WeightsAlone(QuantizationPlan plan) => Ratio(Rewriting.WeightsAlone.Of(_model, plan), ExecutionOptions.Default);

    /// <summary>The same of the plan's activations.</summary>
    public double? ActivationsAlone(QuantizationPlan plan) => Ratio(Rewriting.ActivationsAlone.Of(_model, plan), AsWritten);

    private double? Ratio(OnnxModel? other, ExecutionOptions options)
    {
        if (other is null)
            return null;
        try
        {
            using InferenceModel opened = InferenceModel.Load(_reference.Judged(other), options);
            return JudgedRun.On(opened, _reference, Order, _ => false, _workers, _cancellation) is { } errors ? SqnrDb(errors) : null;
        }
        catch (QuantizationException)
        {
            return null;
        }
    }

    /// <summary>All samples, those with the most error first.</summary>
    public IReadOnlyList<int> WorstFirst(OutputErrors errors)
    {
        double[] sums = errors.Sums(_reference.Count);
        double Share(int sample) =>
            Enumerable.Range(0, sums.Length).Sum(output => sums[output] == 0 ? 0 : errors.Of(sample, output) / sums[output]);
        return [.. Enumerable.Range(0, _reference.Count).OrderByDescending(Share)];
    }

    public void Dispose() => _models.Dispose();
}
