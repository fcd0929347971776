using Quantizer.Calibration;
using Quantizer.Calibration.Statistics;
using Quantizer.Equalization;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting.Texts;
using Quantizer.Search;
using Quantizer.Work;

namespace Quantizer.Pipeline.Plans;

/// <summary>Gives channels scales, where that is asked for and the outputs gain by it.</summary>
/// <param name="work">Of the model's nodes on one sample.</param>
internal sealed class Equalizing(QuantizationOptions options, StageRunner stages, WorkCount work)
{
    /// <summary>What the model of the error must tell: on networks where it told less nothing was gained at the outputs.</summary>
    private const double LeastPredictedDb = 0.4;

    public bool IsAskedFor =>
        options.ChannelScaling == ChannelScaling.On
        || (options.ChannelScaling == ChannelScaling.Automatic && options.Method.Selectors.Count > 1);

    /// <param name="found">The plan selected without scales.</param>
    /// <param name="calibrate">Calibrates a model on all samples.</param>
    /// <param name="search">Searches its plan, by the same samples.</param>
    /// <returns>Null where scales are not noticeably better.</returns>
    public EqualizedRun? Try(
        CalibratedModel calibrated,
        SearchResult found,
        Func<PlacedModel, CalibratedModel> calibrate,
        Func<CalibratedModel, OutputReference, SearchResult> search
    )
    {
        if (!IsAskedFor || found.Reference is not { } reference)
            return null;
        EqualizationOptions how = new(
            found.Selector,
            new WeightOptions(options.WeightGranularity, found.WeightRanges),
            options.Statistics == StatisticsMode.Sampled,
            options.Threads,
            LeastPredictedDb,
            work.AtLeast
        );
        EqualizedModel? equalized = stages.Time(
            Stage.Scale,
            () =>
                Equalizer.Find(
                    calibrated.Placed,
                    found.Plan,
                    reference,
                    how,
                    () => stages.Begin(Stage.Scale, steps: 0),
                    stages.Cancellation
                )
        );
        if (equalized is null)
            return null;
        CalibratedModel scaled = calibrate(equalized.Placed);
        SearchResult again = search(scaled, reference);
        bool isTaken = again.SqnrDb > found.SqnrDb + PlanRefinement.NoticeableDb;
        string scales = $"channels of {FigureText.Count(equalized.Tensors.Count, "tensor")}, ranges by {again.Selector.Name}";
        stages.Tried.Add("channel scales", new JudgedCandidate(scales, again.SqnrDb, reference.Count, isTaken) { BeforeDb = found.SqnrDb });
        if (!isTaken)
            return null;
        EqualizedRun run = new(scaled, again, calibrated.Placed, equalized.Tensors, found.SqnrDb, equalized.GainDb);
        stages.Note(run.Text);
        return run;
    }
}
