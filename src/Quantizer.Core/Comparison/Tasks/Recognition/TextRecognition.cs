using Quantizer.Comparison.Tasks.Judges;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Networks that read a line of text, or speech, from left to right: [1, positions, characters].</summary>
internal static class TextRecognition
{
    /// <summary>Ten digits and a blank.</summary>
    private const int FewestClasses = 11;

    /// <summary>Between two characters CTC says blank, before and behind the text as well.</summary>
    private const double LeastBlankShare = 0.2;

    /// <summary>Of features for a position: they are taken every hundredth of a second, and letters come five times in one.</summary>
    private const int MostFrames = 64;

    public static Recognized? Find(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (!output.HoldsFractions || output.Shape is not [_, _, var size and >= 2] || (output.Shape[0] != 1 && output.Shape[1] != 1))
            return null;
        int classes = (int)size;
        ClassGrid grid = new(classes, IsClassFirst: false);
        int[] tops = grid.TopsOf(output.Values);
        int blank = tops.Count(top => top == classes - 1) > tops.Count(top => top == 0) ? classes - 1 : 0;
        bool looksLikeText =
            classes >= FewestClasses
            && IsRead(evidence, tops.Length)
            && tops.Distinct().Count() > 2
            && tops.Count(top => top == blank) >= LeastBlankShare * tops.Length
            && (output.NamesScores || output.End is "Softmax" or "LogSoftmax" or "MatMul" or "Gemm");
        return evidence.IsAsked || looksLikeText
            ? new Recognized(
                new TextTask(output.Name, classes, blank, evidence.Truths),
                $"{output.Text}: {classes} characters at {tops.Length} positions, read by CTC with the "
                    + $"{(blank == 0 ? "first" : "last")} as blank"
            )
            : null;
    }

    /// <summary>A picture that is wider than high, with 2 to 16 columns for a position; or a sound, with many values for one; or the
    /// features of a sound, as many or some times as many.</summary>
    private static bool IsRead(TaskEvidence evidence, int positions)
    {
        if (evidence.Picture is { } picture)
            return picture.Width > picture.Height && picture.Width / Math.Max(1, positions) is >= 2 and <= 16;
        // What gives probabilities at every position, and is no reader, sorts frames by a Softmax.
        bool areLogarithms = evidence.First.End == "LogSoftmax";
        return evidence.Inputs.Any(input =>
            !input.HoldsWholeNumbers
            && input.Value.Shape switch
            {
                [1, var length] => length / positions >= MostFrames,
                [1, var length, var other] => areLogarithms && (AreFrames(length) || AreFrames(other)),
                _ => false,
            }
        );

        bool AreFrames(long length) => length >= positions && length / positions < MostFrames;
    }
}
