using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// What a network says of the classes of one picture: one list of probabilities, or, where it classifies each pixel, one for each of
/// some places.
/// </summary>
/// <param name="Places">Probabilities by place and class.</param>
internal sealed record ClassAnswer(IReadOnlyList<double[]> Places)
{
    /// <summary>Places looked at, four by four: neighbours say the same.</summary>
    private const int PlacesAcross = 4;

    /// <summary>More channels are features, not classes.</summary>
    private const int MostClasses = 256;

    /// <summary>A map of classes is as large as the picture, or a quarter of its sides; maps of features and the cells of detectors are
    /// smaller.</summary>
    private const int LargestStride = 4;

    public int Classes => Places[0].Length;

    /// <summary>Reads an output; null when it holds no class scores.</summary>
    /// <param name="prepared">The picture that led to it.</param>
    public static ClassAnswer? Of(TensorValue output, TensorValue prepared, TensorLayout layout)
    {
        if (ClassProbabilities.Probabilities(output) is { } list)
            return new ClassAnswer([list]);
        if (output.Type != ElementType.Float || output.Shape.Count != prepared.Shape.Count || output.Shape[0] != 1)
            return null;
        (int channels, int height, int width) = Axes(output, layout);
        (_, int pictureHeight, int pictureWidth) = Axes(prepared, layout);
        if (channels is < 2 or > MostClasses || !IsMap(height, pictureHeight) || !IsMap(width, pictureWidth))
            return null;
        (int channelStep, int placeStep) = layout == TensorLayout.Nchw ? (height * width, 1) : (1, channels);
        List<double[]> places = [];
        for (int place = 0; place < PlacesAcross * PlacesAcross; place++)
        {
            int row = ((2 * (place / PlacesAcross)) + 1) * height / (2 * PlacesAcross),
                column = ((2 * (place % PlacesAcross)) + 1) * width / (2 * PlacesAcross);
            float[] scores = new float[channels];
            for (int channel = 0; channel < channels; channel++)
                scores[channel] = output.Floats[(channel * channelStep) + (((row * width) + column) * placeStep)];
            if (ClassProbabilities.Probabilities(TensorValue.FromFloats([channels], scores)) is not { } probabilities)
                return null;
            places.Add(probabilities);
        }
        return new ClassAnswer(places);
    }

    /// <summary>What each picture adds to the mutual information of picture and answer, the mean over the places.</summary>
    public static double[] Information(IReadOnlyList<ClassAnswer> answers)
    {
        double[] sums = new double[answers.Count];
        for (int place = 0; place < answers[0].Places.Count; place++)
        {
            double[] each = ClassProbabilities.Information([.. answers.Select(answer => answer.Places[place])]);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += each[i] / answers[0].Places.Count;
        }
        return sums;
    }

    /// <summary>1 for each labelled picture that is classified rightly, 0 for each other one that has a label.</summary>
    /// <param name="answers">To the pictures, in their order.</param>
    public static Showing Hits(
        PreparationCandidate candidate,
        IReadOnlyList<ClassAnswer?> answers,
        IReadOnlyList<LoadedPicture> pictures
    ) =>
        ForLabelled(
            candidate,
            answers,
            pictures,
            (answer, label) => answer is not null && Array.IndexOf(answer, answer.Max()) == label ? 1 : 0
        );

    /// <summary>A figure for each picture that has a label, of the probabilities (null where the answer was no list of them).</summary>
    /// <param name="answers">To the pictures, in their order.</param>
    /// <param name="figure">Of probabilities and label.</param>
    public static Showing ForLabelled(
        PreparationCandidate candidate,
        IReadOnlyList<ClassAnswer?> answers,
        IReadOnlyList<LoadedPicture> pictures,
        Func<double[]?, int, double> figure
    ) =>
        new(
            candidate,
            [
                .. answers
                    .Zip(pictures)
                    .Where(pair => pair.Second.Label is not null)
                    .Select(pair => figure(pair.First is { Places: [var answer] } ? answer : null, pair.Second.Label!.Value)),
            ]
        );

    private static (int Channels, int Height, int Width) Axes(TensorValue value, TensorLayout layout) =>
        layout == TensorLayout.Nchw
            ? ((int)value.Shape[1], (int)value.Shape[2], (int)value.Shape[3])
            : ((int)value.Shape[3], (int)value.Shape[1], (int)value.Shape[2]);

    private static bool IsMap(int side, int pictureSide) => side > 1 && (side == pictureSide || side * LargestStride == pictureSide);
}
