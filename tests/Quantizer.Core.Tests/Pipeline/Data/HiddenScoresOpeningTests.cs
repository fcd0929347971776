using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>How pictures are prepared for a network that gives the class and not its scores.</summary>
public sealed class HiddenScoresOpeningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_scores_in_front_of_ArgMax_tell_the_preparation()
    {
        // Its normalizations are folded, so that nothing but its answers tells.
        using OnnxModel bundled = OnnxFile.Read(Path.Combine(SharedFolder.Repository, "samples", "shapes-resnet.onnx"));
        OnnxModel model = ModelNormalizer.Normalize(bundled).Model;
        PreparationChoice expected = Prepared(model);
        string scores = model.Graph.Outputs[0].Name;
        model.Graph.Nodes.Add(new Node("ArgMax", [scores], ["class"]) { Attributes = { NodeAttribute.Of("axis", 1L) } });
        model.Graph.Outputs.Clear();
        model.Graph.Outputs.Add(new ValueInfo("class", ElementType.Int64, null));

        PreparationChoice found = Prepared(model);

        // ImageNet's and CIFAR-10's values are alike.
        Assert.Matches("^--preset (imagenet|cifar10) --channels rgb$", found.Flags);
        Assert.Equal((expected.ChosenBy, expected.Flags, expected.Score), (found.ChosenBy, found.Flags, found.Score));
    }

    private PreparationChoice Prepared(OnnxModel model)
    {
        string path = _folder.File($"{model.Graph.Outputs[0].Name}.onnx");
        OnnxFile.Write(model, path);
        using SourceModel source = SourceModel.Open(path);
        DataOpening opening = new(source.Model, source.Session, path, new PictureOptions(), new InputOptions(), threads: 2);
        string pictures = Path.Combine(SharedFolder.Repository, "calibration-data", "shapes", "calib");
        using DataSet data = opening.Open([pictures], labelsPath: null, count: 256, seed: 0, CancellationToken.None);
        return opening.Preparation!;
    }
}
