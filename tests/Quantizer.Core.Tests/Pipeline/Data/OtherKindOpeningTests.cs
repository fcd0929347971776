using Quantizer.Comparison.Tasks;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>How pictures are prepared for a network whose answer has the shape of class scores and is none.</summary>
public sealed class OtherKindOpeningTests : IDisposable
{
    private const int Width = 64;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Vectors_to_compare_do_not_tell_the_preparation_by_how_sure_they_look()
    {
        string question = Assert.Throws<UsageException>(() => Prepared("embedding", new TaskOptions())).Message;

        Assert.StartsWith("Nothing tells how", question, StringComparison.Ordinal);
        Assert.Contains("--preset minus-one-one --channels rgb", question.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Who_says_that_they_are_classes_is_believed() =>
        Assert.Equal(ChoiceGround.MutualInformation, Prepared("embedding", new TaskOptions { Task = TaskKind.Classes }).ChosenBy);

    [Fact]
    public void Scores_tell_it() => Assert.Equal(ChoiceGround.MutualInformation, Prepared("scores", new TaskOptions()).ChosenBy);

    private PreparationChoice Prepared(string output, TaskOptions options)
    {
        string path = _folder.File($"{output}.onnx");
        float[] colours = [.. Enumerable.Range(0, 3 * Width).Select(i => MathF.Sin(i * i) / 4)];
        OnnxFile.Write(
            new GraphBuilder()
                .Input("x", [1, 3, 32, 32])
                .Constant("w", [Width, 3, 1, 1], colours)
                .Node("Conv", ["x", "w"], ["c"])
                .Node("GlobalAveragePool", ["c"], ["p"])
                .Node("Flatten", ["p"], [output])
                .Output(output)
                .Build(),
            path
        );
        using SourceModel source = SourceModel.Open(path);
        DataOpening opening = new(source.Model, source.Session, path, new PictureOptions(), new InputOptions(), threads: 2)
        {
            Judging = Judging.Open(options, labelsPath: null),
        };
        string pictures = Path.Combine(SharedFolder.Repository, "calibration-data", "shapes", "calib");
        using DataSet data = opening.Open([pictures], labelsPath: null, count: 64, seed: 0, CancellationToken.None);
        return opening.Preparation!;
    }
}
