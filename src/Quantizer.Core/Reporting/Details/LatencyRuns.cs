using System.Text.Json.Serialization;
using Quantizer.Reporting.Converters;

namespace Quantizer.Reporting.Details;

/// <summary>Times of single runs, milliseconds, in the order of the rounds in which both models took turns.</summary>
/// <param name="Fp32Ms">Of the model that <see cref="LatencyReport.Fp32Ms"/> tells.</param>
/// <param name="Int8Ms">Of the quantized one.</param>
public sealed record LatencyRuns(
    [property: JsonConverter(typeof(DoubleListConverter))] IReadOnlyList<double> Fp32Ms,
    [property: JsonConverter(typeof(DoubleListConverter))] IReadOnlyList<double> Int8Ms
);
