using Quantizer.Graphs;

namespace Quantizer.Samples;

/// <summary>
/// What the samples of a run look like, seen in passing: the same for any order and any number of threads. Takes a few bytes a sample.
/// Not thread-safe: each worker has its own, and they are merged in the end.
/// </summary>
internal sealed class SampleSurvey
{
    private readonly Dictionary<ulong, int> _contents = [];
    private readonly Dictionary<string, InputSurvey> _inputs = [];

    public int Samples { get; private set; }

    /// <summary>Samples of one value only: black pictures, silence.</summary>
    public int Constant { get; private set; }

    /// <summary>Different contents.</summary>
    public int Distinct => _contents.Count;

    /// <summary>By the inputs' names.</summary>
    public IReadOnlyDictionary<string, InputSurvey> Inputs => _inputs;

    /// <param name="content">See <see cref="SampleContent"/>.</param>
    public void Add(Sample sample, ulong content)
    {
        Samples++;
        _contents[content] = _contents.GetValueOrDefault(content) + 1;
        bool isConstant = true;
        foreach ((string name, TensorValue value) in sample.Inputs)
        {
            if (!_inputs.TryGetValue(name, out InputSurvey? input))
                _inputs[name] = input = new InputSurvey();
            input.Add(value, isMasked: sample.Mask is not null);
            isConstant &= IsConstant(value);
        }

        // A single number is no picture that was meant to vary.
        if (isConstant && sample.Inputs.Values.Any(value => value.Shape.Aggregate(1L, (product, size) => product * size) > 1))
            Constant++;
    }

    public void Merge(SampleSurvey other)
    {
        Samples += other.Samples;
        Constant += other.Constant;
        foreach ((ulong content, int count) in other._contents)
            _contents[content] = _contents.GetValueOrDefault(content) + count;
        foreach ((string name, InputSurvey survey) in other._inputs)
        {
            if (_inputs.TryGetValue(name, out InputSurvey? mine))
                mine.Merge(survey);
            else
                _inputs[name] = survey;
        }
    }

    /// <summary>Its bytes repeat with the period of one value.</summary>
    private static bool IsConstant(TensorValue value)
    {
        ReadOnlySpan<byte> data = value.Data.Span;
        int size = Math.Max(1, (int)ElementSizes.BytesOf(value.Type, 1));
        return data.Length <= size || data[size..].SequenceEqual(data[..^size]);
    }
}
