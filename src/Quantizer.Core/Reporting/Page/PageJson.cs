using System.Text.Json.Serialization;

namespace Quantizer.Reporting.Page;

/// <summary>The generated writing code of <see cref="PageData"/>, without spaces between values.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(FiniteDoubleConverter), typeof(FiniteSingleConverter)]
)]
[JsonSerializable(typeof(PageData))]
internal sealed partial class PageJson : JsonSerializerContext;
