using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Preprocessing.Sizes;

namespace Quantizer.Core.Tests.Preprocessing.Sizes;

public sealed class CustomarySizesTests
{
    private static readonly PictureInput Open = new("x", ElementType.Float, TensorLayout.Nchw, 3, null, null);

    [Fact]
    public void The_custom_of_the_maker_comes_first_and_the_size_of_all_pictures_next()
    {
        IReadOnlyList<SizeCandidate> candidates = CustomarySizes.For(Open, classes: 2, ExporterCustom.PaddleOcr, common: (320, 48));

        Assert.Equal(["192x48", "160x80", "320x48", "224x224"], candidates.Take(4).Select(candidate => candidate.Name));
        Assert.Equal([true, true, false, false], candidates.Take(4).Select(candidate => candidate.IsEvidence));
        Assert.Equal("--size 192x48", candidates[0].Flag);
    }

    [Fact]
    public void Classifiers_of_ImageNets_classes_are_fed_224_whatever_size_the_pictures_have()
    {
        IReadOnlyList<SizeCandidate> candidates = CustomarySizes.For(Open, classes: 1000, custom: null, common: (256, 256));

        Assert.Equal(
            [("224x224", true), ("256x256", false)],
            candidates.Take(2).Select(candidate => (candidate.Name, candidate.IsEvidence))
        );
        Assert.Equal(candidates.Count, candidates.DistinctBy(candidate => candidate.Name).Count());
    }

    [Fact]
    public void Photos_are_no_size_of_a_classifier() =>
        Assert.DoesNotContain("1920x1080", CustomarySizes.For(Open, 5, null, (1920, 1080)).Select(candidate => candidate.Name));

    [Fact]
    public void A_side_that_the_model_fixes_stays()
    {
        IReadOnlyList<SizeCandidate> lines = CustomarySizes.For(Open with { Height = 48 }, 2, ExporterCustom.PaddleOcr, common: null);

        Assert.Equal(["192x48", "48x48", "own width x 48"], lines.Select(candidate => candidate.Name));
        Assert.Null(lines[^1].Flag);
    }

    [Fact]
    public void Shapes_are_of_one_picture_in_the_layout_of_the_input()
    {
        Assert.Equal([1, 3, 224, 224], CustomarySizes.Shapes(Open).First().Select(axis => axis.Size!.Value));
        Assert.Equal(
            [1, 28, 28, 1],
            CustomarySizes.Shapes(Open with { Channels = 1, Layout = TensorLayout.Nhwc }).First().Select(axis => axis.Size!.Value)
        );
    }
}
