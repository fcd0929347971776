namespace Quantizer.Samples.Binding;

/// <summary>Samples of sequences whose state each model makes for itself.</summary>
/// <param name="Samples">Without the state: what they hold of it is that of a beginning.</param>
/// <param name="IsBeginning">Whether a sequence begins with the sample.</param>
/// <param name="Feedback">Outputs that are inputs of the next sample, by these.</param>
internal sealed record CarriedState(ISampleSource Samples, Func<int, bool> IsBeginning, IReadOnlyDictionary<string, string> Feedback)
{
    /// <summary>The sequences, each from a sample to the one behind its last: they do not depend on each other.</summary>
    public IReadOnlyList<Range> Sequences
    {
        get
        {
            int[] beginnings = [.. Enumerable.Range(0, Samples.Count).Where(index => index == 0 || IsBeginning(index)), Samples.Count];
            return [.. beginnings.Zip(beginnings.Skip(1), (start, end) => start..end)];
        }
    }
}
