using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Samples;
using Quantizer.Samples.Records;

namespace Quantizer.Preprocessing;

/// <summary>The pictures of a folder, in the order of their names, as data of one input among several: what makes a sample with each is
/// found by its place, so that no other stands in for a broken one.</summary>
internal sealed class PictureRecords(PictureFolder folder, PictureInput input, PicturePreparation preparation) : IRecordSource
{
    private readonly PictureTransform _transform = new(preparation, input.Type);

    public string Path => folder.Path;

    public int Count => folder.Files.Count;

    public IReadOnlyList<string> Inputs => [input.Name];

    public bool IsByName => true;

    public string NameOf(int index) => folder.Files[index].Name;

    public int? LabelOf(int index) => folder.Files[index].Label;

    public IReadOnlyList<RawArray> Load(int index)
    {
        PictureFile file = folder.Files[index];
        try
        {
            using OpenedPicture picture = PictureDecoder.Open(file.Path, file.Name);
            TensorValue value = _transform.Apply(picture.Decode(preparation.Geometry));
            return [new RawArray(input.Name, value.Type, value.Shape, value.Data, $"Picture '{file.Name}'")];
        }
        catch (BrokenPictureException broken)
        {
            throw new BrokenSampleException(file.Name, broken.Reason, broken);
        }
    }

    public void Dispose() { }
}
