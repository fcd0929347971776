using System.Text.Json.Serialization;
using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting.Differences;

/// <summary>A figure in both, changed or not.</summary>
/// <param name="Before">Null: the first has none, or of decibels no error at all; see <paramref name="IsIdentityNull"/>.</param>
/// <param name="IsIdentityNull">Null stands for outputs without any error.</param>
internal sealed record FigureDifference(
    string Name,
    FigureUnit Unit,
    double? Before,
    double? After,
    [property: JsonIgnore] bool IsIdentityNull = false
)
{
    public bool Differs => Before != After;
}
