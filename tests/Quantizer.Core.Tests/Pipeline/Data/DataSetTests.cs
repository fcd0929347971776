using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

public sealed class DataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_of_arrays_is_open_until_the_data_are_closed()
    {
        string path = _folder.Write("x.npy", NumPy.Array("<f4", [2, 3], 1f, 2f, 3f, 4f, 5f, 6f));
        string model = _folder.File("model.onnx");
        OnnxFile.Write(new GraphBuilder().Input("x", [1, 3]).Node("Relu", ["x"], ["y"]).Output("y").Build(), model);
        using SourceModel source = SourceModel.Open(model);
        DataOpening opening = new(source.Model, source.Session, model, new PictureOptions(), new InputOptions(), threads: 1);
        DataSet data = opening.Open([path], labelsPath: null, 2, seed: 0, CancellationToken.None);

        Assert.Equal(6, data.Samples.Load(0).Inputs["x"].ElementCount + data.Samples.Load(1).Inputs["x"].ElementCount);
        data.Dispose();

        Assert.Throws<ObjectDisposedException>(() => data.Samples.Load(1));
    }
}
