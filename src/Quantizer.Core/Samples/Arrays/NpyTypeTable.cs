namespace Quantizer.Samples.Arrays;

/// <summary>NumPy's type strings.</summary>
internal static class NpyTypeTable
{
    private static readonly Dictionary<string, NpyType> ByCode = new(StringComparer.Ordinal)
    {
        ["b1"] = NpyType.Bool,
        ["i1"] = NpyType.Int8,
        ["u1"] = NpyType.UInt8,
        ["i2"] = NpyType.Int16,
        ["u2"] = NpyType.UInt16,
        ["i4"] = NpyType.Int32,
        ["u4"] = NpyType.UInt32,
        ["i8"] = NpyType.Int64,
        ["u8"] = NpyType.UInt64,
        ["f2"] = NpyType.Float16,
        ["f4"] = NpyType.Float32,
        ["f8"] = NpyType.Float64,
    };

    public static int SizeOf(NpyType type) =>
        type switch
        {
            NpyType.Bool or NpyType.Int8 or NpyType.UInt8 => 1,
            NpyType.Int16 or NpyType.UInt16 or NpyType.Float16 => 2,
            NpyType.Int32 or NpyType.UInt32 or NpyType.Float32 => 4,
            _ => 8,
        };

    /// <param name="descr">A byte order sign ('&lt;', '&gt;', '|' or '='), a kind and a size.</param>
    /// <param name="array">What messages call the array.</param>
    /// <exception cref="QuantizationException">Objects, strings, structures, big-endian or unknown types.</exception>
    public static NpyType Parse(string descr, string array)
    {
        string code = descr.Length > 0 && "<>|=".Contains(descr[0]) ? descr[1..] : descr;
        if (code.StartsWith('O'))
            throw Refused(array, descr, "Python objects are never loaded. Save a plain array of numbers");
        if (!ByCode.TryGetValue(code, out NpyType type))
            throw Refused(array, descr, $"expected one of {string.Join(", ", ByCode.Keys)}. Convert with .astype(numpy.float32)");
        if (descr[0] == '>' && SizeOf(type) > 1)
            throw Refused(array, descr, "big-endian numbers are not read. Convert with .astype('<f4')");
        return type;
    }

    private static QuantizationException Refused(string array, string descr, string why) => new($"{array}: element type '{descr}': {why}.");
}
