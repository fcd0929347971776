using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>One candidate on trial: what the model answers to pictures prepared its way.</summary>
internal sealed class Trial<TAnswer>(PreparationCandidate candidate, ElementType inputType, Func<TensorValue, TAnswer> ask)
{
    private readonly PictureTransform _transform = new(candidate.Preparation, inputType);
    private readonly List<TAnswer> _answers = [];

    public PreparationCandidate Candidate => candidate;

    /// <summary>In the order of the pictures.</summary>
    public IReadOnlyList<TAnswer> Answers => _answers;

    /// <summary>Asks about the pictures beyond those that it was asked about before.</summary>
    public void Ask(IReadOnlyList<LoadedPicture> pictures, SampleWorkers workers)
    {
        int start = _answers.Count;
        _answers.AddRange(workers.Map(Math.Max(0, pictures.Count - start), index => ask(_transform.Apply(pictures[start + index].Pixels))));
    }
}
