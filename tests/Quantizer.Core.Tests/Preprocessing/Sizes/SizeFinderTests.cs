using Quantizer.Core.Tests.Preprocessing.Discovery;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Sizes;

/// <summary>Classifiers that leave width and height of their pictures open.</summary>
public sealed class SizeFinderTests : IDisposable
{
    private const int Pictures = 40;
    private static readonly PictureOptions ZeroOne = new() { Preset = PicturePreset.ZeroOne };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_layer_of_a_fixed_size_tells()
    {
        Draw();
        OnnxModel model = Start()
            .Node("Flatten", ["x"], ["flat"])
            .Constant("w", [3 * 64 * 64, 2], new float[3 * 64 * 64 * 2])
            .Node("MatMul", ["flat", "w"], ["scores"])
            .Output("scores", ["n", 2])
            .Build();

        (PreparationChoice choice, Sample first) = Open(model, ZeroOne);

        Assert.Equal([1, 3, 64, 64], first.Inputs["x"].Shape);
        Assert.Equal(("--preset zero-one --channels rgb --size 64x64", null, false), (choice.Flags, choice.Doubt, choice.IsGuess));
        Assert.Contains("64x64: the only one of", choice.Explanation);
        Assert.Contains(new("size", "64x64"), PreparationOptions.Of(ZeroOne, choice));
    }

    [Fact]
    public void Classes_tell()
    {
        DrawClasses();

        (PreparationChoice choice, _) = Open(Scores(Start(), "x", shifts: true), ZeroOne);

        Assert.EndsWith("--size 64x64", choice.Flags, StringComparison.Ordinal);
        Assert.Null(choice.Doubt);
        Assert.Contains("by the share of pictures classified rightly (64x64: 1; ", choice.Explanation);
    }

    [Fact]
    public void What_BatchNormalization_remembers_tells_without_classes()
    {
        Draw();
        GraphBuilder graph = Distance(Start())
            .Node("Add", ["x", "distance"], ["shifted"])
            .Constant("one", [3], new float[] { 1, 1, 1 })
            .Constant("half", [3], new float[] { 0.5f, 0.5f, 0.5f })
            .Constant("variance", [3], new float[] { 0.083f, 0.083f, 0.083f })
            .Node("BatchNormalization", ["shifted", "one", "half", "half", "variance"], ["normal"]);

        (PreparationChoice choice, _) = Open(Scores(graph, "normal", shifts: false), ZeroOne);

        Assert.EndsWith("--size 64x64", choice.Flags, StringComparison.Ordinal);
        Assert.Contains("by the distance from the statistics of the BatchNormalizations (64x64: ", choice.Explanation);
    }

    [Fact]
    public void Where_nothing_tells_the_candidates_are_named_and_a_guess_is_called_one()
    {
        Draw();
        OnnxModel model = Scores(Start(), "x", shifts: false);

        string question = Assert.Throws<UsageException>(() => Open(model, ZeroOne)).Message;
        (PreparationChoice guess, Sample first) = Open(model, ZeroOne with { AcceptsGuess = true });

        Assert.Contains("Input 'x' leaves the size of its pictures open, and nothing tells", question);
        Assert.Contains("\n  --size 30x20    the size of all pictures given\n", question);
        Assert.Contains("\n  --size 224x224  usual for classifiers\n", question);
        Assert.Contains("\n  --preset guess  goes on with the first", question);
        Assert.Equal((true, "--preset zero-one --channels rgb --size 30x20"), (guess.IsGuess, guess.Flags));
        Assert.Equal([1, 3, 20, 30], first.Inputs["x"].Shape);
    }

    [Fact]
    public void A_size_that_is_said_is_taken()
    {
        Draw();

        (PreparationChoice choice, Sample first) = Open(Scores(Start(), "x", shifts: false), ZeroOne with { Size = (48, 16) });

        Assert.Equal([1, 3, 16, 48], first.Inputs["x"].Shape);
        Assert.False(choice.IsSizeFound);
    }

    [Fact]
    public void A_text_reader_that_gives_its_positions_first_keeps_the_widths_of_its_lines()
    {
        Draw();
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, 3, 64, "width"])
            .Node("ReduceMean", ["x"], ["line"], NodeAttribute.Of("axes", [2L]), NodeAttribute.Of("keepdims", 0))
            .Node("Transpose", ["line"], ["positions"], NodeAttribute.Of("perm", [2L, 0L, 1L]))
            .Constant("w", [3, 40], [.. Enumerable.Range(0, 120).Select(i => (float)i)])
            .Node("MatMul", ["positions", "w"], ["characters"])
            .Output("characters", [1, "length"])
            .Build();

        (_, Sample first) = Open(model, ZeroOne);

        Assert.Equal([1, 3, 64, 96], first.Inputs["x"].Shape);
    }

    [SharedFolderTheory]
    [InlineData("lines-turned-val")]
    [InlineData("lines-turned-calib")]
    public void Lines_that_may_be_upside_down_have_the_size_that_PaddleOCR_documents(string data)
    {
        // Right on 97.5 % of lines-turned-val; at the pictures' own 320x48 on 94.2 %, at 224x224 on 46.7 %.
        string path = SharedFolder.Model("ppocr-cls.onnx");
        using SourceModel source = SourceModel.Open(path);
        DataOpening opening = new(source.Model, source.Session, path, new PictureOptions(), new InputOptions(), threads: 2);
        using DataSet set = opening.Open([SharedFolder.Data(data)], null, 512, 0, CancellationToken.None);

        Assert.Equal("--preset minus-one-one --channels bgr --size 192x48", opening.Preparation!.Flags);
        Assert.Equal([1, 3, 48, 192], set.Samples.First()!.Inputs.Values.Single().Shape);
    }

    private void Draw()
    {
        for (int i = 0; i < Pictures; i++)
            _folder.Draw($"{i}.png", 30, 20, DrawnPictures.Colour(i));
    }

    private void DrawClasses()
    {
        for (int i = 0; i < Pictures; i++)
        {
            (string name, SKColor colour) =
                i % 2 == 0 ? ("a", new SKColor((byte)(200 + i), 0, 0)) : ("b", new SKColor(0, 0, (byte)(200 + i)));
            _folder.Draw($"{name}/{i}.png", 30 + i, 20, colour);
        }
    }

    private static GraphBuilder Start() => new GraphBuilder().Input("x", ["n", 3, "height", "width"]);

    /// <summary>How far the width is from 64, which this network was trained at.</summary>
    private static GraphBuilder Distance(GraphBuilder graph) =>
        graph
            .Node("Shape", ["x"], ["shape"])
            .Node("Cast", ["shape"], ["sizes"], NodeAttribute.Of("to", (long)ElementType.Float))
            .Constant("last", [4, 1], new float[] { 0, 0, 0, 1 })
            .Node("MatMul", ["sizes", "last"], ["width"])
            .Constant("right", [1], new float[] { 64 })
            .Node("Sub", ["width", "right"], ["off"])
            .Node("Abs", ["off"], ["distance"]);

    /// <summary>Two classes, of red and of blue pictures.</summary>
    /// <param name="shifts">At a wrong size all pictures are of the first.</param>
    private static OnnxModel Scores(GraphBuilder graph, string from, bool shifts)
    {
        graph
            .Node("GlobalAveragePool", [from], ["mean"])
            .Node("Flatten", ["mean"], ["flat"])
            .Constant("w", [3, 2], new float[] { 5, 0, 0, 0, 0, 5 })
            .Node("MatMul", ["flat", "w"], [shifts ? "plain" : "scores"]);
        if (shifts)
        {
            Distance(graph)
                .Constant("first", [2], new float[] { 1, 0 })
                .Node("Mul", ["distance", "first"], ["shift"])
                .Node("Add", ["plain", "shift"], ["scores"]);
        }
        return graph.Output("scores", ["n", 2]).Build();
    }

    private (PreparationChoice Choice, Sample First) Open(OnnxModel model, PictureOptions options)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "model.onnx");
        OnnxFile.Write(model, path);
        using SourceModel source = SourceModel.Open(path);
        DataOpening opening = new(source.Model, source.Session, path, options, new InputOptions(), threads: 2);
        using DataSet data = opening.Open([_folder.Path], null, 512, 0, CancellationToken.None);
        return (opening.Preparation!, data.Samples.First()!);
    }
}
