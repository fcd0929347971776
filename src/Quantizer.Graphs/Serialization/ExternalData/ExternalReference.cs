using System.Globalization;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.ExternalData;

/// <summary>The <c>external_data</c> entries of a tensor message: a file, and optionally where in it and how much.</summary>
internal readonly record struct ExternalReference(string Location, long Offset, long? Length)
{
    private const string LocationKey = "location",
        OffsetKey = "offset",
        LengthKey = "length";

    public static string? LocationOf(TensorProto tensor) => Entry(tensor, LocationKey);

    /// <exception cref="ExternalDataException">There is no location, or a number is not a whole one of 0 or more. The message says
    /// which.</exception>
    public static ExternalReference Of(TensorProto tensor)
    {
        string location = Entry(tensor, LocationKey) ?? "";
        if (location.Length == 0)
            throw new ExternalDataException("names no file");
        return new ExternalReference(location, Number(tensor, OffsetKey) ?? 0, Number(tensor, LengthKey));
    }

    public static void Set(TensorProto tensor, string location, long offset, long length)
    {
        tensor.ClearRawData();
        tensor.ExternalData.Clear();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = LocationKey, Value = location });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = OffsetKey, Value = offset.ToString(CultureInfo.InvariantCulture) });
        tensor.ExternalData.Add(new StringStringEntryProto { Key = LengthKey, Value = length.ToString(CultureInfo.InvariantCulture) });
    }

    private static long? Number(TensorProto tensor, string key)
    {
        if (Entry(tensor, key) is not string text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            return number;
        throw new ExternalDataException($"gives the {key} '{text}', which is not a whole number of 0 or more");
    }

    private static string? Entry(TensorProto tensor, string key)
    {
        foreach (StringStringEntryProto entry in tensor.ExternalData)
        {
            if (entry.Key == key)
                return entry.Value;
        }

        return null;
    }
}
