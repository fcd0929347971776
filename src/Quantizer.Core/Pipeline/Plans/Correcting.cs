using Quantizer.Calibration;
using Quantizer.Comparison.Tasks;
using Quantizer.Correction;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Stages;
using Quantizer.Ranges.Planning;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using Quantizer.Samples;
using Quantizer.Search;
using Quantizer.Work;

namespace Quantizer.Pipeline.Plans;

/// <summary>Corrects the biases and the rounding of a plan that was found, where that is asked for.</summary>
/// <param name="data">The calibration data; null without any.</param>
/// <param name="work">Of the model's nodes on one sample.</param>
internal sealed class Correcting(QuantizationOptions options, JudgedTask? task, StageRunner stages, DataSet? data, WorkCount work)
{
    private readonly SampleWorkers _workers = new(options.Threads, stages.Cancellation);

    public static bool IsAskedFor(QuantizationOptions options) =>
        options.BiasCorrection is BiasCorrectionMode.On or BiasCorrectionMode.OnlyBiases
        || (options.BiasCorrection == BiasCorrectionMode.Automatic && options.Method.Selectors.Count > 1);

    /// <returns>Null where nothing could be corrected.</returns>
    public CorrectionResult? Correct(CalibratedModel calibrated, SearchResult found) =>
        Told(Correct(calibrated, found.Plan, found.Reference, found.Errors));

    /// <summary>Corrects a plan that was not searched for: one of many that are tried, of which nothing is told.</summary>
    /// <returns>As above.</returns>
    public CorrectionResult? Correct(CalibratedModel calibrated, QuantizationPlan plan) =>
        Correct(calibrated, plan, reference: null, errors: null);

    private CorrectionResult? Correct(CalibratedModel calibrated, QuantizationPlan plan, OutputReference? reference, OutputErrors? errors)
    {
        if (!IsAskedFor(options) || data is null)
            return null;
        bool rounds = options.BiasCorrection != BiasCorrectionMode.OnlyBiases;
        int layers = CorrectionSubject.LayersOf(calibrated.Placed.Lowered.Model, plan, rounds).Count;
        if (layers == 0)
            return null;
        CorrectionResult? corrected = stages.Run(
            Stage.Correct,
            layers,
            advanced =>
            {
                if ((reference ?? Record(calibrated, data)) is not { } recorded)
                    return null;
                CorrectionSubject subject = new(calibrated.Placed.Lowered.Model, plan, recorded, errors)
                {
                    RoundsWeights = rounds,
                    Macs = work.AtLeast,
                };
                return BiasCorrection.Run(subject, options.Threads, advanced, stages.Cancellation);
            }
        );
        if (corrected is null)
        {
            if (options.BiasCorrection != BiasCorrectionMode.Automatic)
            {
                stages.Note(
                    "No bias or weight was corrected, though asked for: the network cannot be run in pieces, or has too few samples."
                );
            }
            return null;
        }
        string numbers =
            $"biases of {FigureText.Count(corrected.Layers, "layer")}"
            + (corrected.Rounded > 0 ? $", and the rounding of {FigureText.Count(corrected.Rounded)}" : "");
        stages.Tried.Add(
            "correction",
            new JudgedCandidate(numbers, corrected.AfterDb, corrected.HeldOut, corrected.IsTaken) { BeforeDb = corrected.BeforeDb }
        );
        return corrected;
    }

    private CorrectionResult? Told(CorrectionResult? corrected)
    {
        if (corrected is not null)
        {
            BiasCorrectionReport report = ReportOf(corrected);
            stages.Note($"{CorrectionText.TitleOf(report)}: {CorrectionText.Of(report)}.");
        }
        return corrected;
    }

    public static BiasCorrectionReport ReportOf(CorrectionResult result) =>
        new(result.IsTaken, result.Layers, result.Samples, result.HeldOut, result.BeforeDb, result.AfterDb)
        {
            RoundedLayers = result.Rounded,
        };

    /// <summary>Those that calibration kept; where there was none, or they were let go, the same from the data.</summary>
    private IReadOnlyList<Sample> SamplesOf(CalibratedModel calibrated, DataSet data)
    {
        if (calibrated.Run is { Kept.Count: > 0 } run)
            return [.. run.Kept.Take(BiasCorrection.MostUsed)];
        SampleReader<Sample> reader = data.Reader();
        SampleKeeper keeper = new();
        _workers.Run(
            reader.Count,
            i =>
            {
                if (reader.Load(i) is { } sample)
                    keeper.Offer(i, sample);
            }
        );
        return [.. keeper.Kept.Take(BiasCorrection.MostUsed)];
    }

    /// <returns>Null where there are too few samples.</returns>
    private OutputReference? Record(CalibratedModel calibrated, DataSet data)
    {
        IReadOnlyList<Sample> samples = SamplesOf(calibrated, data);
        return BiasCorrection.AreEnough(samples.Count)
            ? OutputReference.Record(
                calibrated.Placed.Lowered.Model,
                samples,
                _workers,
                _ => { },
                stages.Cancellation,
                roles: OutputRoles.Of(task)
            )
            : null;
    }
}
