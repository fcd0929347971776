using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Recognition;
using static Quantizer.Core.Tests.Comparison.Tasks.Recognition.Evidence;

namespace Quantizer.Core.Tests.Comparison.Tasks.Recognition;

/// <summary>Pictures of other than one, three or four channels.</summary>
public class BandsTests
{
    [Theory]
    [InlineData(12, "seg_logits", TaskKind.Pixels)]
    [InlineData(12, "masks", TaskKind.Pixels)]
    [InlineData(12, "classes", TaskKind.Pixels)]
    [InlineData(2, "seg", TaskKind.Pixels)]
    // What is taken out of a sound, and maps of features.
    [InlineData(2, "mask", TaskKind.Values)]
    [InlineData(12, "y", TaskKind.Values)]
    [InlineData(17, "seg_logits", TaskKind.Values)]
    public void Classes_of_pixels_of_many_bands_are_told_by_their_name(int bands, string name, TaskKind kind) =>
        Assert.Equal(kind, Find(bands, name, channels: 5, size: 32).Kind);

    [Fact]
    public void A_map_of_bands_is_as_large_as_they_are_or_asked_for()
    {
        Assert.Equal(TaskKind.Values, Find(12, "seg_logits", channels: 5, size: 16).Kind);

        TaskEvidence evidence = Of(Picture(12, 32, 32), Output("y", "Conv", [1, 5, 16, 16], Noise)) with { IsAsked = true };
        Assert.Equal(TaskKind.Pixels, TaskFinder.Find(evidence, TaskKind.Pixels).Kind);
        TaskEvidence last = Of(Input("x", 32, 32, 12), Output("y", "Conv", [1, 32, 32, 5], Noise)) with { IsAsked = true };
        Assert.Equal(
            "asked for by --task; y [1,32,32,5]: scores of 5 classes at each of 32x32 pixels",
            TaskFinder.Find(last, TaskKind.Pixels).Why
        );
    }

    [Fact]
    public void A_mask_of_bands_is_told_by_its_name_and_as_it_is_decided()
    {
        SeenOutput Mask(string name) => Output(name, "Sigmoid", [1, 1, 32, 32], index => index % 9 == 0 ? 0.97f : 0.02f);

        Assert.Equal(TaskKind.Masks, TaskFinder.Find(Of(Picture(13, 32, 32), Mask("mask")), asked: null).Kind);
        Assert.Equal(TaskKind.Values, TaskFinder.Find(Of(Picture(13, 32, 32), Mask("y")), asked: null).Kind);
    }

    private static FoundTask Find(int bands, string name, int channels, int size) =>
        TaskFinder.Find(Of(Picture(bands, 32, 32), Output(name, "Conv", [1, channels, size, size], Noise)), asked: null);
}
