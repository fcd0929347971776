namespace Quantizer.Samples.Formats;

/// <summary>Names in the order people number them: frame_2 before frame_10.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static NaturalOrder Comparer { get; } = new();

    private NaturalOrder() { }

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x,
            b = y;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            int digitsA = Digits(a),
                digitsB = Digits(b);
            int order =
                digitsA > 0 && digitsB > 0
                    ? CompareNumbers(a[..digitsA].TrimStart('0'), b[..digitsB].TrimStart('0'))
                    : a[0].CompareTo(b[0]);
            if (order != 0)
                return order;
            a = a[Math.Max(digitsA, 1)..];
            b = b[Math.Max(digitsB, 1)..];
        }
        int rest = a.Length.CompareTo(b.Length);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    private static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);

    private static int Digits(ReadOnlySpan<char> text)
    {
        int count = text.IndexOfAnyExceptInRange('0', '9');
        return count < 0 ? text.Length : count;
    }
}
