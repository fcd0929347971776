using Quantizer.Core.Tests.Preprocessing.Discovery;
using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Sizes;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Sizes;

/// <summary>How much is spent on finding a size.</summary>
public sealed class SizeWorkTests : IDisposable
{
    private static readonly PictureInput Open = new("x", ElementType.Float, TensorLayout.Nchw, 3, null, null);
    private readonly TemporaryFolder _folder = new();

    public SizeWorkTests()
    {
        for (int i = 0; i < 20; i++)
            _folder.Draw($"{i}.png", 256, 256, i % 2 == 0 ? SKColors.Red : SKColors.Blue);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    // 48 pictures of 384x384 alone are more than 64 of 224x224: what comes behind is left out.
    [InlineData("384 299 32", 48, "384 299")]
    [InlineData("32 64 384 224 96", 48, "32 64 224 96")]
    [InlineData("32 64 384 224 96", 1, "32 64 384 224 96")]
    public void The_first_two_get_more_pictures_and_others_as_far_as_the_work_allows(string sides, int pictures, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                SizeWork.Affordable(sides.Split(' ').Select(int.Parse).Select(Size), pictures).Select(size => size.Input.Width)
            )
        );

    [Fact]
    public void Sizes_that_get_no_more_pictures_stand_as_they_are()
    {
        using SizeProbe probe = Probe();
        SizeCandidate[] sizes = [Size(32), Size(64), Size(299), Size(384)];
        PreparationCandidate any = CandidateTable.For(sizes[0].Input, new PictureOptions())[0];

        SizeTest test = SizeTest.Run(sizes, any.Preparation, Pictures(), probe, Workers());

        Assert.Equal(sizes, test.Standing);
        Assert.Equal(sizes[0], test.Chosen);
    }

    [Fact]
    public void Preparations_are_looked_for_at_one_of_similar_sizes()
    {
        using SizeProbe probe = Probe();
        List<int?> asked = [];
        SizeFinder finder = new(
            Open,
            Pictures(),
            probe,
            Workers(),
            input =>
            {
                asked.Add(input.Width);
                throw new UsageException("Nothing tells the preparation.");
            }
        );

        Assert.Throws<UsageException>(() =>
            finder.Find(CustomarySizes.For(Open, classes: 2, custom: null, (256, 256)), acceptsGuess: false)
        );

        Assert.Equal([256, 32], asked);
    }

    private static SizeCandidate Size(int side) => new(Open with { Width = side, Height = side }, "");

    private static SampleWorkers Workers() => new(threads: 2, CancellationToken.None);

    private PictureSet Pictures() => PictureFolder.Open(_folder.Path).Choose(512, 0);

    /// <summary>Tells red from blue at any size.</summary>
    private static SizeProbe Probe() =>
        new(
            new GraphBuilder()
                .Input("x", ["n", 3, "height", "width"])
                .Node("GlobalAveragePool", ["x"], ["mean"])
                .Node("Flatten", ["mean"], ["flat"])
                .Constant("w", [3, 2], new float[] { 5, 0, 0, 0, 0, 5 })
                .Node("MatMul", ["flat", "w"], ["scores"])
                .Output("scores", ["n", 2])
                .Build(),
            "x",
            "scores",
            new Dictionary<string, TensorValue>()
        );
}
