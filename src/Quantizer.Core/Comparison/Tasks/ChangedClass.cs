namespace Quantizer.Comparison.Tasks;

/// <summary>A class of the FP32 model that is another one in INT8.</summary>
/// <param name="Count">Positions of one sample.</param>
internal readonly record struct ChangedClass(int Fp32, int Int8, long Count)
{
    /// <summary>The classes that differ at the same positions, by class.</summary>
    public static IReadOnlyList<ChangedClass> Between(IReadOnlyList<int> fp32, IReadOnlyList<int> int8) =>
        [
            .. fp32.Zip(int8)
                .Where(pair => pair.First != pair.Second)
                .CountBy(pair => pair)
                .Select(pair => new ChangedClass(pair.Key.First, pair.Key.Second, pair.Value))
                .OrderBy(pair => (pair.Fp32, pair.Int8)),
        ];
}
