namespace Quantizer.Preprocessing.Sizes;

/// <summary>How much is spent on finding a size: counted in pixels that the network is fed, never by the clock, so that every machine finds
/// the same.</summary>
internal static class SizeWork
{
    /// <summary>For one look at all sizes: 64 pictures of ImageNet's, which settle all but the accuracy.</summary>
    private const long MostPixels = 64L * 224 * 224;

    /// <summary>One more to compare with.</summary>
    private const int LeastSizes = 2;

    /// <summary>The sizes that so many pictures more can be afforded for: two at least, the first ones before others.</summary>
    public static IReadOnlyList<SizeCandidate> Affordable(IEnumerable<SizeCandidate> ranking, int pictures)
    {
        List<SizeCandidate> kept = [];
        long spent = 0;
        foreach (SizeCandidate size in ranking)
        {
            long pixels = size.Pixels * pictures;
            if (kept.Count >= LeastSizes && spent + pixels > MostPixels)
                continue;
            spent += pixels;
            kept.Add(size);
        }
        return kept;
    }
}
