using Quantizer.Calibration;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Graphs;
using Quantizer.Isolation;
using Quantizer.Pipeline.Forms;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Search;
using Quantizer.Work;

namespace Quantizer.Pipeline.Plans;

/// <summary>
/// Finds the plan of a calibrated model. What changes the whole network is decided between selected plans: whether channels get
/// scales, and whether a transformer takes its ranges in each run. Only the plan that is then left is refined, and its biases
/// corrected.
/// </summary>
/// <param name="calibrate">Calibrates a model on all samples.</param>
/// <param name="sample">To try models with; null: there is none.</param>
internal sealed class Planning(
    QuantizationOptions options,
    JudgedTask? task,
    Correcting correcting,
    StageRunner stages,
    WorkCount work,
    Func<PlacedModel, CalibratedModel> calibrate,
    IReadOnlyDictionary<string, TensorValue>? sample
)
{
    /// <summary>
    /// Where ranges of each run keep so much more than a selected plan with fixed ones, that plan is given up unrefined: moves and
    /// corrected biases together gained a scaled vision transformer 0.3 dB, a scaled language model 0.6 dB.
    /// </summary>
    private const double MostRefinementDb = 0.5;

    private readonly Equalizing _equalizing = new(options, stages, work);

    /// <summary>Whether plans are judged, or biases corrected, by samples.</summary>
    public static bool NeedsSamples(QuantizationOptions options) => Searched(options).HasChoice || Correcting.IsAskedFor(options);

    /// <param name="before">What was found for the model before something of it was left in float: what was decided then stays so. Null:
    /// there was nothing.</param>
    public PlannedModel Plan(RunnablePlacement placement, CalibratedModel calibrated, PlannedModel? before)
    {
        using PlanSearch plain = SearchOf(calibrated);
        SearchResult found = Select(plain);
        stages.Tried.Clear();
        stages.Tried.Add("ranges", found.Tried);
        PlanSearch? ofScaled = null;
        try
        {
            EqualizedRun? scaled = before is null or { Equalized: null, Choice: null }
                ? _equalizing.Try(calibrated, found, calibrate, SelectScaled)
                : null;
            SelectedPlan selected = scaled is null
                ? new(placement, calibrated, plain, found, before?.Equalized)
                : new(placement with { Placed = scaled.Calibrated.Placed }, scaled.Calibrated, ofScaled!, scaled.Found, scaled);
            return before?.Choice is null && options.Activations == ActivationMode.Automatic && sample is not null
                ? InBestForm(selected)
                : Refined(selected).Planned with
                {
                    Choice = before?.Choice,
                };
        }
        finally
        {
            ofScaled?.Dispose();
        }

        SearchResult SelectScaled(CalibratedModel other, OutputReference reference) =>
            Select(ofScaled = SearchOf(other, reference, found.Finalists));
    }

    private PlannedModel InBestForm(SelectedPlan selected)
    {
        List<FormTrial> trials = [];
        if (selected.Found.SqnrDb is { } unrefined)
        {
            foreach (OtherForm form in OtherForm.InEachRun(selected.Calibrated.Placed, work, unrefined))
            {
                FormTrial trial = Tried(selected, form);
                if (trial.IsBetter(unrefined, MostRefinementDb))
                    return Taken(selected, trial, unrefined);
                trials.Add(trial);
            }
        }
        (PlannedModel refined, double? sqnr) = Refined(selected);
        if (sqnr is not { } now)
            return refined;
        if (trials.Count == 0 && OtherForm.OnlyStored(selected.Calibrated.Placed, now) is { } stored)
            trials.Add(Tried(selected, stored));
        foreach (FormTrial trial in trials)
        {
            if (trial.IsBetter(now, PlanRefinement.NoticeableDb))
                return Taken(selected, trial, now);
            stages.Note(trial.Form.Outcome(now, trial.Found.SqnrDb, isTaken: false));
        }
        if (trials.Count > 0)
            stages.Tried.Add("form", new JudgedCandidate("fixed ranges", now, JudgedBy(selected.Found), IsTaken: true));
        return refined;
    }

    /// <returns>With the signal over error at the outputs; null where no plan was judged.</returns>
    private (PlannedModel Planned, double? SqnrDb) Refined(SelectedPlan selected)
    {
        (RunnablePlacement placement, CalibratedModel calibrated, PlanSearch search, SearchResult found, EqualizedRun? equalized) =
            selected;
        SearchResult refined = stages.Time(Stage.Refine, () => search.Refine(found));
        if (!ReferenceEquals(refined, found))
            stages.Tried.Add("move", refined.Tried);
        CorrectionResult? corrected = correcting.Correct(calibrated, refined);
        PlannedModel planned = new(placement, calibrated, corrected?.Plan ?? refined.Plan)
        {
            Equalized = equalized,
            Correction = corrected,
        };
        return (planned, refined.SqnrDb + (corrected?.GainDb ?? 0));
    }

    private FormTrial Tried(SelectedPlan selected, OtherForm form)
    {
        // Scales are for activations: where those stay in float, weights are best as they were.
        PlacedModel placed =
            form.Mode == ActivationMode.None && selected.Equalized is { } scaled ? scaled.Plain : selected.Calibrated.Placed;
        RunnablePlacement placement = stages.Run(
            Stage.Place,
            () => RunnablePlacement.Of(Placer.WithActivations(placed, form.Mode, form.Why), sample)
        );
        // Where an activation stays in float, tensors may begin of their own that joined others before.
        CalibratedModel calibrated = selected.Calibrated.Serves(placement.Placed)
            ? selected.Calibrated with
            {
                Placed = placement.Placed,
            }
            : calibrate(placement.Placed);
        using PlanSearch search = SearchOf(calibrated, selected.Found.Reference, selected.Found.Finalists, selected.Found.WeightRanges);
        FormTrial trial = new(form, placement, calibrated, Select(search));
        stages.Tried.Add("form", new JudgedCandidate(form.Name, trial.Found.SqnrDb, JudgedBy(trial.Found), IsTaken: false));
        return trial;
    }

    private PlannedModel Taken(SelectedPlan selected, FormTrial trial, double staticDb)
    {
        double taken = trial.Found.SqnrDb!.Value;
        stages.Tried.Add("form", new JudgedCandidate("fixed ranges", staticDb, JudgedBy(trial.Found), IsTaken: false));
        stages.Tried.Take("form", trial.Form.Name);
        stages.Note(trial.Form.Outcome(staticDb, taken, isTaken: true));
        CorrectionResult? corrected = correcting.Correct(trial.Calibrated, trial.Found);
        return new PlannedModel(trial.Placement, trial.Calibrated, corrected?.Plan ?? trial.Found.Plan)
        {
            Correction = corrected,
            Equalized = trial.Form.Mode == ActivationMode.None ? null : selected.Equalized,
            Choice = new FormChoice(trial.Form.Mode, staticDb, taken),
        };
    }

    private static int JudgedBy(SearchResult found) => found.Reference?.Count ?? 0;

    private SearchResult Select(PlanSearch search) => stages.Time(Stage.Search, search.Select);

    /// <param name="reference">What another search of the model was judged by; null: there was none.</param>
    /// <param name="selectors">That did best there; null: all that were asked for are tried.</param>
    /// <param name="weightRanges">The way of choosing weight ranges that did best there; null: as above.</param>
    private PlanSearch SearchOf(
        CalibratedModel calibrated,
        OutputReference? reference = null,
        IReadOnlyList<IRangeSelector>? selectors = null,
        WeightRangeMethod? weightRanges = null
    )
    {
        SearchSubject subject = new(
            calibrated.Placed.Lowered.Model,
            calibrated.Placed.Sites,
            calibrated.Statistics,
            calibrated.Run?.Kept ?? [],
            work.AtLeast
        )
        {
            Roles = OutputRoles.Of(task),
            Reference = reference,
            Selectors = selectors ?? [],
            WeightRanges = weightRanges,
        };
        SearchProgress progress = new(
            steps => stages.Begin(Stage.RecordOutputs, steps),
            steps => stages.Begin(Stage.Search, steps),
            steps => stages.Begin(Stage.Refine, steps),
            stages.Advanced
        );
        return stages.Time(Stage.Search, () => new PlanSearch(subject, Searched(options), progress, stages.Cancellation));
    }

    private static SearchOptions Searched(QuantizationOptions options) =>
        new(options.Method, options.WeightRanges, options.WeightGranularity, options.Threads);
}
