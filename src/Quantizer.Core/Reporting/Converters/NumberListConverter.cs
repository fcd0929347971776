using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Quantizer.Reporting.Converters;

/// <summary>A long list of numbers on one line: with a line for each, details would be three times as large. What is not finite is
/// null.</summary>
internal abstract class NumberListConverter<T> : JsonConverter<IReadOnlyList<T>>
    where T : struct, INumber<T>
{
    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A list of numbers was expected.");
        List<T> numbers = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            numbers.Add(ReadOne(ref reader));
        return numbers;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
        writer.WriteRawValue(
            $"[{string.Join(',', value.Select(one => T.IsFinite(one) ? one.ToString(null, CultureInfo.InvariantCulture) : "null"))}]"
        );

    protected abstract T ReadOne(ref Utf8JsonReader reader);
}

/// <inheritdoc/>
internal sealed class SingleListConverter : NumberListConverter<float>
{
    protected override float ReadOne(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? float.NaN : reader.GetSingle();
}

/// <inheritdoc/>
internal sealed class DoubleListConverter : NumberListConverter<double>
{
    protected override double ReadOne(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();
}

/// <inheritdoc/>
internal sealed class WholeListConverter : NumberListConverter<long>
{
    protected override long ReadOne(ref Utf8JsonReader reader) => reader.GetInt64();
}
