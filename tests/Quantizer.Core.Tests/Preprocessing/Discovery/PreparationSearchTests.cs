using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;
using SkiaSharp;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>Networks that are no plain classifiers, and what is decided after the tests.</summary>
public sealed class PreparationSearchTests : IDisposable
{
    private const int Size = 32,
        Boxes = 40;

    private static readonly PictureInput Input = new("x", ElementType.Float, TensorLayout.Nchw, 3, Size, Size);
    private readonly TemporaryFolder _folder = new();

    public PreparationSearchTests()
    {
        for (int i = 0; i < 40; i++)
            _folder.Draw($"{i}.png", Size, Size, DrawnPictures.Colour(i));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_detector_with_boxes_in_pixels_is_fed_zero_to_one_where_it_finds_something_so()
    {
        PreparationChoice choice = Find(prepared => Detections(prepared, reach: Size, best: 1));

        Assert.Equal(("zero-one", ChoiceGround.Customary, "scale", false), (choice.Preset, choice.ChosenBy, choice.Doubt, choice.IsGuess));
        Assert.Contains("which is customary for detectors with boxes in pixels; the information of picture and boxes", choice.Explanation);
    }

    [Theory]
    // Boxes in shares of the picture: all kinds of detectors have them.
    [InlineData(1f, 1f)]
    // It finds most in 0..255: custom does not stand against that.
    [InlineData(Size, 255f)]
    public void Other_detectors_are_asked_about(float reach, float best) =>
        Assert.StartsWith(
            "Nothing tells",
            Assert.Throws<UsageException>(() => Find(prepared => Detections(prepared, reach, best))).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void What_the_model_prepares_itself_is_not_searched_for()
    {
        BuiltInPreparation bytes = new([PicturePreset.Raw], null, "It does."),
            blueFirst = bytes with { Channels = ChannelOrder.Bgr };

        PreparationChoice open = Find(prepared => Detections(prepared, reach: Size, best: 1), builtIn: bytes),
            known = Find(prepared => Detections(prepared, reach: Size, best: 1), builtIn: blueFirst),
            told = Find(
                prepared => Detections(prepared, reach: Size, best: 1),
                new PictureOptions { Mean = [0.5f], Channels = ChannelOrder.Rgb },
                builtIn: bytes
            );

        Assert.Equal(
            ("--preset raw --channels rgb", ChoiceGround.BuiltIn, "channel order", false),
            (open.Flags, open.ChosenBy, open.Doubt, open.IsGuess)
        );
        Assert.Equal(("--preset raw --channels bgr", ChoiceGround.BuiltIn, null), (known.Flags, known.ChosenBy, known.Doubt));
        Assert.Equal("It does. Pictures are prepared as raw in BGR.", known.Explanation);
        Assert.Equal(ChoiceGround.Flags, told.ChosenBy);
    }

    [Fact]
    public void Pictures_tell_the_channel_order_that_the_model_leaves_open()
    {
        using TemporaryFolder classes = new();
        for (int i = 0; i < 20; i++)
            classes.Draw($"{(i % 2 == 0 ? 0 : 2)}/{i}.png", Size, Size, i % 2 == 0 ? SKColors.Blue : SKColors.Red);

        PreparationChoice choice = Find(CornerColour, folder: classes.Path, builtIn: new([PicturePreset.Raw], null, "It does."));

        Assert.Equal(("--preset raw --channels bgr", ChoiceGround.ClassAccuracy), (choice.Flags, choice.ChosenBy));
        Assert.StartsWith("It does. Pictures are prepared as raw in BGR, by the share", choice.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_that_classifies_each_pixel_tells_by_its_map_of_classes()
    {
        // Eleven steps of red, sure of each when bytes come as they are.
        TensorValue Map(TensorValue prepared)
        {
            float[] map = new float[11 * Size * Size];
            for (int step = 0; step < 11; step++)
            {
                for (int i = 0; i < Size * Size; i++)
                    map[(step * Size * Size) + i] = -Math.Abs(prepared.Floats[i] - (25 * step));
            }
            return TensorValue.FromFloats([1, 11, Size, Size], map);
        }

        PreparationChoice choice = Find(Map);

        Assert.Equal(("raw", ChoiceGround.MutualInformation), (choice.Preset, choice.ChosenBy));
    }

    [Fact]
    public void Coordinates_of_points_are_no_scores_to_be_sure_of()
    {
        // The wider the values are, the surer a softmax of these is, and of a different one for each picture.
        TensorValue Landmarks(TensorValue prepared)
        {
            float[] points = new float[63];
            float shift = 63 * Math.Abs(prepared.Floats[0] / Math.Max(1, Math.Abs(prepared.Floats.ToArray().Max())));
            for (int i = 0; i < points.Length; i++)
                points[i] = (400 * (i % 3)) + (Math.Abs(prepared.Floats[0]) * MathF.Cos((i / 3 / 4f) + shift));
            return TensorValue.FromFloats([1, 63], points);
        }

        string question = Assert.Throws<UsageException>(() => Find(Landmarks)).Message;

        Assert.StartsWith("Nothing tells how", question, StringComparison.Ordinal);
        Assert.StartsWith("  --preset zero-one ", question.Split('\n')[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TensorLayout.Nchw, 512, "minus-one-one")]
    [InlineData(TensorLayout.Nhwc, 0, "minus-one-one")]
    [InlineData(TensorLayout.Nchw, 0, "zero-one")]
    public void What_is_known_for_no_classifier_is_asked_about_however_sure_it_looks(TensorLayout layout, int vector, string likeliest)
    {
        // The larger the values are that it is fed, the surer.
        TensorValue Vector(TensorValue prepared) =>
            TensorValue.FromFloats(
                [1, 64],
                [.. Enumerable.Range(0, 64).Select(i => prepared.Floats[0] * MathF.Cos(i * prepared.Floats[0]))]
            );
        NetworkKind kind = vector > 0 ? NetworkKind.Embedder : NetworkKind.Of(Input with { Layout = layout }, classes: 0);

        PreparationChoice trusted = Find(Vector);
        string question = Assert.Throws<UsageException>(() => Find(Vector, kind: kind)).Message;

        Assert.Equal(ChoiceGround.MutualInformation, trusted.ChosenBy);
        Assert.StartsWith($"  --preset {likeliest} ", question.Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Maps_of_features_are_no_classes()
    {
        // A sixteenth of the picture's side.
        TensorValue Features(TensorValue prepared) =>
            TensorValue.FromFloats([1, 11, 2, 2], [.. Enumerable.Range(0, 44).Select(i => -Math.Abs(prepared.Floats[0] - (25 * (i / 4))))]);

        Assert.Throws<UsageException>(() => Find(Features));
    }

    [Theory]
    [InlineData(TensorLayout.Nchw)]
    [InlineData(TensorLayout.Nhwc)]
    public void A_map_of_classes_is_read_at_sixteen_places(TensorLayout layout)
    {
        // Two classes; the second is sure of the lower half of the map.
        long[] shape = layout == TensorLayout.Nchw ? [1, 2, 8, 8] : [1, 8, 8, 2];
        float[] values = new float[128];
        for (int i = 0; i < 64; i++)
            values[layout == TensorLayout.Nchw ? 64 + i : (2 * i) + 1] = i < 32 ? -50 : 50;
        TensorValue picture = TensorValue.FromFloats(layout == TensorLayout.Nchw ? [1, 3, 32, 32] : [1, 32, 32, 3], new float[3 * 32 * 32]);

        ClassAnswer answer = ClassAnswer.Of(TensorValue.FromFloats(shape, values), picture, layout)!;

        Assert.Equal([.. Enumerable.Repeat(0.0, 8), .. Enumerable.Repeat(1.0, 8)], answer.Places.Select(place => Math.Round(place[1], 9)));
    }

    [Fact]
    public void Pictures_with_classes_tell_that_the_middle_is_wanted()
    {
        using TemporaryFolder classes = WideClasses();

        PreparationChoice choice = Find(CornerColour, new PictureOptions { Preset = PicturePreset.ZeroOne }, classes.Path);
        PreparationChoice asked = Find(
            CornerColour,
            new PictureOptions { Preset = PicturePreset.ZeroOne, Resize = Quantizer.Pictures.ResizeConvention.Stretch },
            classes.Path
        );

        Assert.Equal("--preset zero-one --channels rgb --resize crop", choice.Flags);
        Assert.Equal(Quantizer.Pictures.ResizeConvention.Crop, choice.Preparation.Geometry.Resize);
        Assert.EndsWith(
            "Their middle is cut out, which is right more often (1.000, else 0.000; 20 pictures).",
            choice.Explanation,
            StringComparison.Ordinal
        );
        Assert.Equal("--preset zero-one --channels rgb", asked.Flags);
    }

    [Fact]
    public void Pictures_of_the_models_size_are_not_tried_in_two_ways()
    {
        using TemporaryFolder classes = new();
        for (int i = 0; i < 8; i++)
            classes.Draw($"{i % 2}/{i}.png", Size, Size, i % 2 == 0 ? SKColors.Red : SKColors.Blue);
        int runs = 0;

        PreparationChoice choice = Find(
            prepared =>
            {
                Interlocked.Increment(ref runs);
                return CornerColour(prepared);
            },
            new PictureOptions { Preset = PicturePreset.ZeroOne },
            classes.Path
        );

        Assert.Equal(("--preset zero-one --channels rgb", 0), (choice.Flags, runs));
    }

    /// <summary>Forty boxes, of which each picture's brightness picks one, the surer the nearer its largest value is to the best.</summary>
    private static TensorValue Detections(TensorValue prepared, float reach, float best)
    {
        float[] values = new float[6 * Boxes];
        float largest = prepared.Floats.ToArray().Max();
        float sureness = Math.Clamp(1 - (MathF.Abs(MathF.Log(MathF.Max(largest, 1e-3f) / best)) / 4), 0, 1);
        for (int box = 0; box < Boxes; box++)
        {
            for (int side = 0; side < 4; side++)
                values[(side * Boxes) + box] = reach * (box + 1) / Boxes;
            values[(4 * Boxes) + box] = box == (int)(MathF.Abs(prepared.Floats[0]) * 1000) % Boxes ? sureness : 0;
        }
        return TensorValue.FromFloats([1, 6, Boxes], values);
    }

    /// <summary>Red, green or blue, by the first pixel.</summary>
    private static TensorValue CornerColour(TensorValue prepared) =>
        TensorValue.FromFloats([1, 3], [prepared.Floats[0], prepared.Floats[Size * Size], prepared.Floats[2 * Size * Size]]);

    /// <summary>Pictures three times as wide as high: red or blue in the middle, green at the sides.</summary>
    private static TemporaryFolder WideClasses()
    {
        TemporaryFolder folder = new();
        for (int i = 0; i < 20; i++)
        {
            bool isRed = i % 2 == 0;
            folder.Draw($"{(isRed ? 0 : 2)}/{i}.png", 96, 32, isRed ? SKColors.Red : SKColors.Blue, new SKColor(0, 255, 0));
        }

        return folder;
    }

    private PreparationChoice Find(
        Func<TensorValue, TensorValue> output,
        PictureOptions? flags = null,
        string? folder = null,
        BuiltInPreparation? builtIn = null,
        NetworkKind? kind = null
    ) =>
        PreparationFinder.Find(
            Input,
            flags ?? new PictureOptions(),
            config: null,
            PictureFolder.Open(folder ?? _folder.Path).Choose(512, 0),
            new PreparationProbes(null, output, BuiltIn: builtIn, OtherKind: _ => kind),
            threads: 2,
            CancellationToken.None
        );
}
