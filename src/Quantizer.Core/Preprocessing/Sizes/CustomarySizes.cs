using Quantizer.Graphs;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Preprocessing.Sizes;

/// <summary>The sizes that classifiers are usually fed.</summary>
internal static class CustomarySizes
{
    /// <summary>Most usual first: ImageNet's, CIFAR's, and those between; larger than ImageNet's last.</summary>
    private static readonly int[] Sides = [224, 32, 64, 96, 128, 160, 192, 256, 299, 384];

    /// <summary>Of networks of one channel: MNIST's first.</summary>
    private static readonly int[] GraySides = [28, 32, 64, 48, 96, 128, 224];

    private const int ImageNetSide = 224;

    /// <summary>The classes of ImageNet's challenge; TensorFlow's networks add one for the background.</summary>
    private const int ImageNetClasses = 1000;

    /// <summary>Of all pictures given: what is larger is a photo or a page, and no size that classifiers are trained at.</summary>
    private const int MostPixels = 512 * 512;

    /// <summary>Of a line of text: upright or turned.</summary>
    private const int LineClasses = 2;

    /// <summary>Shapes of one picture, of usual sizes.</summary>
    public static IEnumerable<IReadOnlyList<Dimension>> Shapes(PictureInput open) =>
        from candidate in For(open, classes: 0, custom: null, common: null)
        where candidate.Flag is not null
        let input = candidate.Input
        select (Dimension[])(
            input.Layout == TensorLayout.Nchw
                ? [1, input.Channels, input.Height!.Value, input.Width!.Value]
                : [1, input.Height!.Value, input.Width!.Value, input.Channels]
        );

    /// <summary>Candidates for the sides that an input leaves open, each size once, likeliest first.</summary>
    /// <param name="classes">Of the model.</param>
    /// <param name="custom">Of its maker; null where it is not known.</param>
    /// <param name="common">The size that all pictures have; null where they differ.</param>
    public static IReadOnlyList<SizeCandidate> For(PictureInput open, int classes, ExporterCustom? custom, (int Width, int Height)? common)
    {
        bool isImageNet = classes is ImageNetClasses or ImageNetClasses + 1;
        List<SizeCandidate> candidates = [];
        if (custom is not null)
            Add(custom.LineSizes, $"customary for {custom.Name}", isEvidence: true);
        if (isImageNet)
            Add([(ImageNetSide, ImageNetSide)], "customary for classifiers of ImageNet's classes", isEvidence: true);
        if (common is { } size && size.Width * size.Height <= MostPixels)
            Add([size], "the size of all pictures given");
        Add((open.Channels == 1 ? GraySides : Sides).Select(side => (side, side)), "usual for classifiers");
        // Whoever made the file may have left no name in it.
        if (classes == LineClasses)
            Add(ExporterCustom.PaddleOcr.LineSizes, "customary for the direction of text lines");
        if ((open.Width ?? open.Height) is { } side)
        {
            Add([(side, side)], "as high as wide");
            // Lines of one height are as long as they are.
            candidates.Add(new SizeCandidate(open, "each picture's own"));
        }
        return candidates;

        void Add(IEnumerable<(int Width, int Height)> sizes, string reason, bool isEvidence = false)
        {
            foreach ((int width, int height) in sizes)
            {
                PictureInput input = open with { Width = width, Height = height };
                bool fits = (open.Width ?? width) == width && (open.Height ?? height) == height;
                if (fits && candidates.TrueForAll(candidate => candidate.Input != input))
                    candidates.Add(new SizeCandidate(input, reason, isEvidence));
            }
        }
    }
}
