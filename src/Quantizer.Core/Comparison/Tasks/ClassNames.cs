using System.Globalization;

namespace Quantizer.Comparison.Tasks;

/// <summary>What classes are called.</summary>
/// <param name="names">By class; those that are not there go by their number.</param>
internal sealed class ClassNames(IReadOnlyDictionary<int, string> names)
{
    public static ClassNames None { get; } = new(new Dictionary<int, string>());

    public string Of(int label) => names.TryGetValue(label, out string? name) ? name : label.ToString(CultureInfo.InvariantCulture);
}
