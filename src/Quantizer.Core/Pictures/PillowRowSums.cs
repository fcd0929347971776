namespace Quantizer.Pictures;

/// <summary>The vertical pass of <see cref="PillowResize"/>: each source row is added to the target rows whose windows it lies
/// in.</summary>
internal sealed class PillowRowSums(PillowWeights axis, byte[] target, int stride)
{
    private const int Half = 1 << (PillowWeights.FractionBits - 1);

    // Windows begin and end in the order of their target rows, so those begun and not ended are neighbours.
    private readonly Queue<int[]> _begun = [];
    private readonly Stack<int[]> _spare = [];
    private int _first;

    /// <param name="y">Rows come in order, from 0.</param>
    public void Add(int y, ReadOnlySpan<byte> row)
    {
        while (_first + _begun.Count < axis.Starts.Length && axis.Starts[_first + _begun.Count] <= y)
            Begin();
        int position = _first;
        foreach (int[] sums in _begun)
        {
            int inWindow = y - axis.Starts[position];
            if (inWindow < axis.Lengths[position])
                AddWeighted(row, axis.Weights[position * axis.Stride + inWindow], sums);
            position++;
        }
        while (_begun.Count > 0 && y + 1 >= axis.Starts[_first] + axis.Lengths[_first])
            End();
    }

    private void Begin()
    {
        int[] sums = _spare.TryPop(out int[]? used) ? used : new int[stride];
        Array.Fill(sums, Half);
        _begun.Enqueue(sums);
    }

    private void End()
    {
        int[] sums = _begun.Dequeue();
        Span<byte> row = target.AsSpan(_first++ * stride, stride);
        for (int i = 0; i < row.Length; i++)
            row[i] = PillowWeights.Clip(sums[i]);
        _spare.Push(sums);
    }

    private static void AddWeighted(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        for (int i = 0; i < row.Length; i++)
            sums[i] += row[i] * weight;
    }
}
