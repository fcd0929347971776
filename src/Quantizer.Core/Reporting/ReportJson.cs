using System.Text.Json;
using System.Text.Json.Serialization;
using Quantizer.Reporting.Benches;
using Quantizer.Reporting.Converters;
using Quantizer.Reporting.Differences;
using Quantizer.Reporting.Inspections;

namespace Quantizer.Reporting;

/// <summary>The generated reading and writing code: no reflection, so that it works in a native build.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [
        typeof(FiniteDoubleConverter),
        typeof(FiniteSingleConverter),
        typeof(SeverityConverter),
        typeof(DecisionConverter),
        typeof(GroundConverter),
        typeof(TaskConverter),
        typeof(UnitConverter),
        typeof(FloorConverter),
        typeof(LimitConverter),
    ]
)]
[JsonSerializable(typeof(QuantizationReport))]
[JsonSerializable(typeof(ReportDifference))]
[JsonSerializable(typeof(BenchReport))]
[JsonSerializable(typeof(IReadOnlyList<NodeCost>))]
[JsonSerializable(typeof(ExpectedModel))]
[JsonSerializable(typeof(ActivationPeak))]
[JsonSerializable(typeof(long?))]
[JsonSerializable(typeof(double?))]
internal sealed partial class ReportJson : JsonSerializerContext;

/// <summary>JSON has no NaN and no infinity: both are null.</summary>
internal sealed class FiniteDoubleConverter : JsonConverter<double>
{
    public override bool HandleNull => true;

    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}

/// <inheritdoc cref="FiniteDoubleConverter"/>
internal sealed class FiniteSingleConverter : JsonConverter<float>
{
    public override bool HandleNull => true;

    public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? float.NaN : reader.GetSingle();

    public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options)
    {
        if (float.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteNullValue();
    }
}
