namespace Quantizer.Comparison.Tasks.Judges;

/// <summary>By class: pixels that have it in both maps, and in at least one.</summary>
internal sealed record ClassOverlap(IReadOnlyDictionary<int, (long Both, long Either)> Classes)
{
    public static ClassOverlap Of(ReadOnlySpan<int> found, ReadOnlySpan<byte> truth)
    {
        Dictionary<int, (long Both, long Either)> classes = [];
        void Add(int c, int both)
        {
            (long before, long either) = classes.GetValueOrDefault(c);
            classes[c] = (before + both, either + 1);
        }
        for (int pixel = 0; pixel < found.Length; pixel++)
        {
            bool isRight = found[pixel] == truth[pixel];
            Add(found[pixel], isRight ? 1 : 0);
            if (!isRight)
                Add(truth[pixel], 0);
        }
        return new ClassOverlap(classes);
    }

    /// <summary>Intersection over union of each class over all samples, averaged over the classes that appear.</summary>
    public static double Mean(IEnumerable<ClassOverlap> samples) =>
        samples
            .SelectMany(sample => sample.Classes)
            .GroupBy(entry => entry.Key, entry => entry.Value)
            .Select(group => (double)group.Sum(value => value.Both) / group.Sum(value => value.Either))
            .Average();
}
