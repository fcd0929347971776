using System.Globalization;

namespace Quantizer.Cli.Flags;

/// <summary>Numbers as people type them on a command line; always with a decimal point.</summary>
internal static class NumberText
{
    /// <summary>Of a tensor: .NET's arrays hold 2 GiB, which is as many of eight bytes each.</summary>
    public const int MostValues = (1 << 28) - 1;

    /// <summary>0.485 or 1/255</summary>
    public static bool TryFraction(string text, out float value)
    {
        string[] parts = text.Split('/');
        value = 0;
        if (parts.Length > 2 || !TryNumber(parts[0], out double numerator))
            return false;
        double denominator = 1;
        if (parts.Length == 2 && (!TryNumber(parts[1], out denominator) || denominator == 0))
            return false;
        value = (float)(numerator / denominator);
        return float.IsFinite(value);
    }

    /// <summary>0.485,0.456,0.406</summary>
    public static bool TryList(string text, out IReadOnlyList<float> values)
    {
        List<float> read = [];
        values = read;
        foreach (string part in text.Split(','))
        {
            if (!TryFraction(part, out float value))
                return false;
            read.Add(value);
        }
        return true;
    }

    /// <summary>320x240, or 224 for a square.</summary>
    public static bool TrySize(string text, out (int Width, int Height) size)
    {
        string[] parts = text.Split('x', 'X');
        size = default;
        if (parts.Length > 2 || !TryPositive(parts[0], out int width) || !TryPositive(parts[^1], out int height))
            return false;
        size = (width, height);
        return true;
    }

    /// <summary>1,8</summary>
    public static bool TryCounts(string text, out IReadOnlyList<int> counts)
    {
        List<int> read = [];
        counts = read;
        foreach (string word in text.Split(','))
        {
            if (!TryPositive(word, out int count))
                return false;
            read.Add(count);
        }
        return true;
    }

    /// <summary>1,3,224,224: sizes of which there is at least one, and no more values in all than a tensor can hold.</summary>
    public static bool TryShape(string text, out IReadOnlyList<long> sizes)
    {
        sizes = [];
        if (!TryCounts(text, out IReadOnlyList<int> read))
            return false;
        long all = 1;
        foreach (int size in read)
        {
            if ((all *= size) > MostValues)
                return false;
        }
        sizes = [.. read.Select(size => (long)size)];
        return true;
    }

    public static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static bool TryPositive(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;
}
