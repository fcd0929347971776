using System.Text.Json.Serialization;
using Quantizer.Reporting.Converters;

namespace Quantizer.Reporting.Details;

/// <summary>A constant weight, channel by channel. Of more than <see cref="MostChannels"/> channels as many neighbours share an entry as
/// it takes to have no more entries: the smallest and largest value of them all.</summary>
/// <param name="Name">The tensor.</param>
/// <param name="Node">A node that reads it.</param>
/// <param name="Axis">The axis of the channels that have a scale each; -1: one scale for all.</param>
/// <param name="Min">Smallest value of each channel, of FP32.</param>
/// <param name="Max">Largest value of each channel, of FP32.</param>
public sealed record WeightRange(
    string Name,
    string Node,
    int Axis,
    [property: JsonConverter(typeof(SingleListConverter))] IReadOnlyList<float> Min,
    [property: JsonConverter(typeof(SingleListConverter))] IReadOnlyList<float> Max
)
{
    /// <summary>The most entries that a weight has.</summary>
    public const int MostChannels = 4096;
}
