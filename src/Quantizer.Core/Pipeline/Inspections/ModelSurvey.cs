using Quantizer.Reporting;

namespace Quantizer.Pipeline.Inspections;

/// <summary>What can be told of a model, and of data for it, before anything is quantized.</summary>
/// <param name="Data">Null: none were given.</param>
internal sealed record ModelSurvey(ModelInspection Inspection, DataSurvey? Data);

/// <summary>What data tell of how a model is to be fed and judged.</summary>
/// <param name="Samples">How many there are, of those that calibration would take.</param>
/// <param name="Task">Its word, and what it was recognized by.</param>
/// <param name="Pictures">The options that fix how pictures are prepared; none where there are no pictures.</param>
/// <param name="Explanation">Why so; empty without pictures.</param>
/// <param name="Candidates">Where nothing tells the preparation: what it could be, a line each, likeliest first; else empty.</param>
/// <param name="Notes">How the data are read.</param>
internal sealed record DataSurvey(
    int Samples,
    (string Word, string Why) Task,
    IReadOnlyDictionary<string, string> Pictures,
    string Explanation,
    IReadOnlyList<string> Candidates,
    IReadOnlyList<string> Notes
);
