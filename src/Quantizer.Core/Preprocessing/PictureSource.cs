using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Preprocessing;

/// <summary>Chosen pictures as samples of a model with one picture input.</summary>
internal sealed class PictureSource : ISampleSource
{
    private readonly PictureSet _pictures;
    private readonly PictureTransform _transform;
    private readonly string _input;

    /// <param name="input">The model's input that takes the pictures.</param>
    public PictureSource(PictureSet pictures, PictureInput input, PicturePreparation preparation)
    {
        _pictures = pictures;
        _input = input.Name;
        _transform = new PictureTransform(preparation, input.Type);
    }

    public int Count => _pictures.Count;

    /// <summary>Pictures found broken so far, whether replaced or not; complete once every sample was loaded.</summary>
    public IReadOnlyList<SkippedSample> Skipped => _pictures.Skipped;

    public string NameOf(int index) => _pictures.FileOf(index).Name;

    public int? LabelOf(int index) => _pictures.FileOf(index).Label;

    /// <exception cref="BrokenSampleException">The picture is broken and no other of its class is left to stand in.</exception>
    public Sample Load(int index)
    {
        LoadedPicture picture = _pictures.Load(index, _transform.Preparation.Geometry);
        return new Sample(picture.Name, new Dictionary<string, TensorValue> { [_input] = _transform.Apply(picture.Pixels) })
        {
            Label = picture.Label,
        };
    }
}
