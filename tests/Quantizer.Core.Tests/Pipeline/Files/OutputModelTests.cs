using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline.Files;
using Quantizer.Placement;
using Quantizer.Rewriting;
using Quantizer.Testing;
using Quantizer.Verification;

namespace Quantizer.Core.Tests.Pipeline.Files;

public sealed class OutputModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_only_tried_is_opened_from_memory_and_leaves_the_file_as_it_is()
    {
        string path = _folder.File("out.onnx");
        VerifiedModel first = Verified(ActivationMode.Static),
            other = Verified(ActivationMode.None);
        OnnxFile.Write(first.Quantized.Model, path);
        byte[] bytes = File.ReadAllBytes(path);

        OutputModel tried = new OutputModel(path, first, IsWritten: true).Tried(other);

        Assert.False(tried.IsWritten);
        Assert.Same(other, tried.Verified);
        using InferenceModel session = tried.Open();
        Assert.NotEqual(path, session.Name);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void What_is_written_is_opened_from_its_file()
    {
        string path = _folder.File("out.onnx");
        VerifiedModel verified = Verified(ActivationMode.Static);
        OnnxFile.Write(verified.Quantized.Model, path);

        using InferenceModel session = new OutputModel(path, verified, IsWritten: true).Open();

        Assert.Equal(path, session.Name);
    }

    private static VerifiedModel Verified(ActivationMode mode)
    {
        QuantizedNetwork network = QuantizedNetwork.Of(
            new GraphBuilder().Input("x", [1, 8, 128]).MatMul("y", "x", 128, 256).Output("y").Build(),
            PlacementOptions.Default with
            {
                Activations = mode,
            }
        );
        return new VerifiedModel(new QuantizedModel(network.Plan, network.Model), network.Verification);
    }
}
