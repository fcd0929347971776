using Quantizer.Calibration.Running;
using Quantizer.Doctor;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples.Binding;

namespace Quantizer.Pipeline.Reports;

/// <summary>Brings the doctor what the run knows of its calibration data.</summary>
internal static class Diagnosis
{
    /// <param name="data">What was calibrated on; null: nothing.</param>
    /// <param name="run">Null when nothing was calibrated; with the samples that it kept.</param>
    /// <param name="preparation">How pictures are prepared; null without pictures.</param>
    /// <param name="mask">The input that was named to be the mask.</param>
    public static IReadOnlyList<Finding> Of(
        SourceModel source,
        DataSet? data,
        CalibrationRun? run,
        PreparationChoice? preparation,
        string? mask
    ) =>
        run is null
            ? []
            :
            [
                .. DataDoctor.OfPictures(data?.AskingForTurn ?? [], run.Statistics.Samples),
                .. DataDoctor.Before(run.Survey, source.Session.Inputs, SequenceMask.Find(source.Session.Inputs, mask)?.Names),
                .. OfPreparation(source, run, preparation),
                .. DataDoctor.After(run.Settling, run.Statistics.Samples),
            ];

    /// <summary>A preparation that was found out was held against the same evidence already.</summary>
    private static IReadOnlyList<Finding> OfPreparation(SourceModel source, CalibrationRun run, PreparationChoice? preparation)
    {
        bool isGiven = preparation is null or { ChosenBy: ChoiceGround.Flags or ChoiceGround.PreprocessorConfig };
        if (!isGiven || source.Session.Inputs is not [var input] || !PreparationCheck.Serves(input, run.Kept))
            return [];
        using BatchNormalizationProbe? probe = BatchNormalizationProbe.TryCreate(source.Model, input.Name);
        if (probe is not null)
            return [.. PreparationCheck.Of(probe, input, run.Kept)];
        string scores = source.Session.Outputs[0].Name;
        return
        [
            .. AccuracyCheck.Of(
                input,
                run.Kept,
                value => source.Session.Run(new Dictionary<string, TensorValue> { [input.Name] = value }, [scores])[scores]
            ),
        ];
    }
}
