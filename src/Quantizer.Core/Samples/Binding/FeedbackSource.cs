using Quantizer.Graphs;

namespace Quantizer.Samples.Binding;

/// <summary>
/// Samples that carry state: inputs that are outputs of the model for the sample before. The model runs on the samples in order,
/// as far as is asked for; states are kept for the samples around that place and, for going back, for a bounded number of
/// others, ever further apart. So memory does not grow with the samples, and what a sample holds depends on its place alone.
/// </summary>
/// <param name="isBeginning">Whether a sequence begins with the sample: its state is what the source gives, zeros.</param>
/// <param name="feedback">Outputs by input.</param>
/// <param name="run">Runs the model and gives the named outputs.</param>
internal sealed class FeedbackSource(
    ISampleSource source,
    Func<int, bool> isBeginning,
    IReadOnlyDictionary<string, string> feedback,
    Func<IReadOnlyDictionary<string, TensorValue>, IReadOnlyList<string>, IReadOnlyDictionary<string, TensorValue>> run
) : ISampleSource
{
    /// <summary>More than threads run ahead of each other.</summary>
    private const int WindowLength = 64;

    private const int MostCheckpoints = 64;

    private readonly Lock _lock = new();
    private readonly SampleReader<Sample> _reader = new(source.Count, source.Load);

    /// <summary>By sample: the state before it. None at the beginning of a sequence.</summary>
    private readonly SortedDictionary<int, IReadOnlyDictionary<string, TensorValue>> _states = [];
    private readonly string[] _outputs = [.. feedback.Values.Distinct()];
    private int _spacing = 1;

    public int Count => source.Count;

    public string NameOf(int index) => source.NameOf(index);

    public int? LabelOf(int index) => source.LabelOf(index);

    public Sample Load(int index) => source.Load(index).WithState(isBeginning(index) ? null : StateBefore(index));

    private IReadOnlyDictionary<string, TensorValue>? StateBefore(int index)
    {
        lock (_lock)
        {
            int at = index;
            while (!isBeginning(at) && !_states.ContainsKey(at))
                at--;
            IReadOnlyDictionary<string, TensorValue>? state = _states.GetValueOrDefault(at);
            for (; at < index; at++)
            {
                state = After(at, isBeginning(at) ? null : state);
                if (state is not null)
                    Keep(at + 1, state);
            }
            return state;
        }
    }

    /// <summary>The state after a sample; as it was where the sample is broken.</summary>
    private IReadOnlyDictionary<string, TensorValue>? After(int index, IReadOnlyDictionary<string, TensorValue>? state)
    {
        // Whoever wants the sample itself is told that it is broken.
        if (_reader.Load(index) is not { } sample)
            return state;
        IReadOnlyDictionary<string, TensorValue> outputs = run(sample.WithState(state).Inputs, _outputs);
        return feedback.ToDictionary(pair => pair.Key, pair => outputs[pair.Value]);
    }

    private void Keep(int index, IReadOnlyDictionary<string, TensorValue> state)
    {
        _states[index] = state;
        if (_states.Count <= WindowLength + MostCheckpoints)
            return;
        foreach (int far in _states.Keys.Where(key => Math.Abs(key - index) > WindowLength && key % _spacing != 0).ToList())
            _states.Remove(far);
        if (_states.Count > WindowLength + MostCheckpoints)
            _spacing *= 2;
    }
}
