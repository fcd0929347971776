using Quantizer.Graphs;
using Quantizer.Pipeline;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

public sealed class DataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_of_arrays_is_open_until_the_data_are_closed()
    {
        string path = _folder.Write("x.npy", NumPy.Array("<f4", [2, 3], 1f, 2f, 3f, 4f, 5f, 6f));
        DataSet data = DataSet.Arrays(
            path,
            [new TensorSignature("x", ElementType.Float, [new Dimension(1), new Dimension(3)])],
            2,
            seed: 0
        );

        Assert.Equal(6, data.Samples.Load(0).Inputs["x"].ElementCount + data.Samples.Load(1).Inputs["x"].ElementCount);
        data.Dispose();

        Assert.Throws<ObjectDisposedException>(() => data.Samples.Load(1));
    }
}
