using Quantizer.Graphs;

namespace Quantizer.Samples.Formats;

/// <summary>NumPy's type strings.</summary>
internal static class NpyTypeTable
{
    private static readonly Dictionary<string, ElementType> ByCode = new(StringComparer.Ordinal)
    {
        ["b1"] = ElementType.Bool,
        ["i1"] = ElementType.Int8,
        ["u1"] = ElementType.UInt8,
        ["i2"] = ElementType.Int16,
        ["u2"] = ElementType.UInt16,
        ["i4"] = ElementType.Int32,
        ["u4"] = ElementType.UInt32,
        ["i8"] = ElementType.Int64,
        ["u8"] = ElementType.UInt64,
        ["f2"] = ElementType.Float16,
        ["f4"] = ElementType.Float,
        ["f8"] = ElementType.Double,
    };

    /// <param name="descr">A byte order sign ('&lt;', '&gt;', '|' or '='), a kind and a size.</param>
    /// <param name="array">What messages call the array.</param>
    /// <exception cref="QuantizationException">Objects, strings, structures or unknown types.</exception>
    public static (ElementType Type, bool IsBigEndian) Parse(string descr, string array)
    {
        string code = descr.Length > 0 && "<>|=".Contains(descr[0]) ? descr[1..] : descr;
        if (code.StartsWith('O'))
            throw Refused(array, descr, "Python objects are never loaded. Save a plain array of numbers");
        if (!ByCode.TryGetValue(code, out ElementType type))
            throw Refused(array, descr, $"expected one of {string.Join(", ", ByCode.Keys)}. Convert with .astype(numpy.float32)");
        return (type, descr[0] == '>' && ElementSizes.BitsOf(type) > 8);
    }

    private static QuantizationException Refused(string array, string descr, string why) => new($"{array}: element type '{descr}': {why}.");
}
