using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Files;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting;

namespace Quantizer.Pipeline.Inspections;

/// <summary>Looks at a model and its data as a run would, as far as its preparation.</summary>
internal static class ModelSurveyor
{
    /// <param name="options">The model and the calibration data, which may be none.</param>
    /// <param name="output">The file that will tell of it.</param>
    /// <exception cref="UsageException">The output would replace a file that is read.</exception>
    /// <exception cref="ModelFormatException">The file is no readable model.</exception>
    /// <exception cref="QuantizationException">The model or the data cannot be used.</exception>
    public static ModelSurvey Survey(QuantizationOptions options, string output, CancellationToken cancellation)
    {
        using OnnxModel model = OnnxFile.Read(options.ModelPath);
        if (RunInputs.Of(options, model).FindAt(FilePlace.Of(output)) is { } read)
            throw new UsageException($"The file '{output}' is {read}, which is read and never changed. Give another file with -o.");
        ModelInspection inspection = ModelInspector.Inspect(new InspectOptions { ModelPath = options.ModelPath }, model, cancellation);
        return new ModelSurvey(inspection, options.CalibrationPaths.Count == 0 ? null : SurveyData(options, model, cancellation));
    }

    private static DataSurvey SurveyData(QuantizationOptions options, OnnxModel model, CancellationToken cancellation)
    {
        using InferenceModel session = SourceModel.OpenSession(options.ModelPath, model);
        SourceModel source = new(options.ModelPath, model, session);
        try
        {
            return SurveyData(options, source, [], cancellation);
        }
        catch (UsageException undecided) when (!options.Pictures.AcceptsGuess)
        {
            // Where a guess does not help, that was not what was in question, and it is thrown once more.
            QuantizationOptions guessing = options with
            {
                Pictures = options.Pictures with { AcceptsGuess = true },
            };
            return SurveyData(guessing, source, undecided.Candidates, cancellation);
        }
    }

    private static DataSurvey SurveyData(
        QuantizationOptions options,
        SourceModel source,
        IReadOnlyList<string> candidates,
        CancellationToken cancellation
    )
    {
        Judging judging = Judging.Open(options.Judging, labelsPath: null);
        DataOpening opening = new(source.Model, source.Session, source.Path, options.Pictures, options.Inputs, options.Threads)
        {
            Judging = judging,
        };
        using DataSet data = opening.Open(options.CalibrationPaths, labelsPath: null, options.Samples, options.Seed, cancellation);
        FoundTask task = judging.Find(source, data, cancellation);
        PreparationChoice? preparation = opening.Preparation;
        return new DataSurvey(
            data.Samples.Count,
            (TaskTable.Words.WordOf(task.Kind), task.Why),
            candidates.Count > 0
                ? new Dictionary<string, string> { ["preset"] = PictureOptions.Guess }
                : new Dictionary<string, string>(PreparationOptions.Of(options.Pictures, preparation)),
            preparation?.Explanation ?? "",
            candidates,
            data.Notes
        );
    }
}
