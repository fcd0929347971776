using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Kernels;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Networks whose first output is one list of numbers for a sample.</summary>
internal static class VectorRecognition
{
    /// <summary>Vectors are made in such multiples; hardly any list of classes has one as its length.</summary>
    private const int Width = 32;

    /// <summary>A product gives classes far more often than a pool or a convolution does.</summary>
    private const int WidthBehindProduct = 64;

    /// <summary>Of so many, some score below zero.</summary>
    private const int ManyClasses = 10;

    /// <summary>Scores that a Softmax is to make shares of lie within some tens; pixels and degrees do not.</summary>
    private const float LargestScore = 80;

    public static Recognized? FindDecisions(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        bool isOne = output.Values.Length == 1;
        if (!output.HoldsFractions)
            return null;
        bool isFlat = output.End == "Sigmoid" && output.IsWithin(0, 1) && (isOne || ClassScores.CountOf(output.Shape) > 0);
        bool hasLabels = !isOne && FitsLabels(evidence, output);
        return evidence.IsAsked || (isFlat && !hasLabels) || AreLabelsOfFrames(evidence)
            ? new Recognized(new DecisionsTask(output.Name), $"{output.Text}: probabilities of their own, by a Sigmoid")
            : null;
    }

    /// <summary>What is heard in each frame of a sound: nearly everything is surely not. What an autoencoder gives back, pixels of a map
    /// and coordinates are shares as well.</summary>
    private static bool AreLabelsOfFrames(TaskEvidence evidence) =>
        evidence.First is { Shape: [1, >= 2, >= 2], HoldsSigmoids: true, NamesQuantities: false, NamesBoxes: false } output
        && output.IsDecided()
        && SeenMap.Of(output, evidence.Picture) is null
        && !evidence.Inputs.Any(input => input.Value.ElementCount == output.Values.Length);

    public static Recognized? FindClasses(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (output.HoldsAnswers)
            return FindAnswers(evidence);
        int classes = ClassScores.CountOf(output.Shape);
        if (classes == 0 || !output.HoldsFractions)
            return null;
        Recognized As(string why, bool isSure = true) =>
            new(new ClassesTask(output.Name, classes, output.ClassOrder), $"{output.Text}: {why}", isSure);
        string scores = $"{classes} class scores";
        if (new ClassGrid(classes, IsClassFirst: false).HoldsProbabilities(output.Values))
            return As($"{classes} probabilities that sum to 1");
        if (evidence.IsAsked)
            return As(scores);
        if (output.HasUnitLength || output.NamesVectors)
            return null;
        if (FitsLabels(evidence, output))
            return As($"{scores}, as the data's labels want them");
        // Autoencoders give their input back.
        if (evidence.Inputs.Any(input => input.Value.ElementCount == classes))
            return null;
        if (output.NamesScores)
            return As($"{scores}, by its name");
        if (output.NamesQuantities)
            return null;
        if (output.End is "Softmax" or "LogSoftmax")
            return As($"{scores}, by a {output.End}");
        if (PointTurns.Holds(output.Values))
            return As(scores, isSure: false);
        // Scores lie on both sides of zero; places in a picture do not.
        if (classes >= ManyClasses && (output.Values.All(value => value > 0) || output.Values.Any(value => Math.Abs(value) > LargestScore)))
            return As(scores, isSure: false);
        bool isSure = output.End switch
        {
            "MatMul" or "Gemm" => classes % WidthBehindProduct != 0,
            "Conv" or "GlobalAveragePool" or "ReduceMean" or "AveragePool" => classes % Width != 0,
            _ => false,
        };
        if (!isSure)
            return As(scores, isSure: false);
        if (evidence.IsSmooth())
            return As($"{scores}, each much like its neighbours", isSure: false);
        if (!evidence.AreRivals())
            return As($"{scores}, of which none rises at the cost of others", isSure: false);
        return evidence.HasOneWinner()
            ? As($"{scores}, the same one the largest everywhere", isSure: false)
            : As($"{scores}, by a {output.End} at the end");
    }

    /// <summary>Classes that the network has sorted out itself: the best one, or some, best first. Their scores, which are sorted, too,
    /// always have the first as the largest.</summary>
    private static Recognized? FindAnswers(TaskEvidence evidence)
    {
        SeenOutput? scores = evidence.Outputs.FirstOrDefault(output =>
            output is { HoldsFractions: true, HoldsAnswers: false }
            && ClassScores.CountOf(output.Shape) is > 1 and var count
            && new ClassGrid(count, IsClassFirst: false).HoldsProbabilities(output.Values)
        );
        if (scores is not null)
        {
            int classes = ClassScores.CountOf(scores.Shape);
            return new Recognized(
                new ClassesTask(scores.Name, classes, scores.ClassOrder),
                $"{scores.Text}: {classes} probabilities that sum to 1"
            );
        }
        SeenOutput? answers = evidence.Outputs.FirstOrDefault(output =>
            output is { HoldsAnswers: true, HoldsWholeNumbers: true, HoldsFractions: false }
            && (output.Values.Length == 1 || (output.End == "TopK" && ClassScores.CountOf(output.Shape) > 0))
        );
        return answers is null
            ? null
            : new Recognized(
                new ClassesTask(answers.Name, classes: null),
                $"{answers.Text}: {(answers.Values.Length == 1 ? "the class" : "the best classes, best first")}, by {answers.End}"
            );
    }

    public static Recognized? FindEmbeddings(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (!output.HoldsFractions)
            return null;
        bool isVector = output.NamesVectors || output.HasUnitLength;
        if (!evidence.IsAsked && (output.HoldsAnswers || (output.NamesQuantities && !isVector)))
            return null;
        if (SequenceRecognition.HiddenWidth(evidence) is { } width)
            return new Recognized(new EmbeddingsTask(output.Name, width), $"{output.Text}: a vector of {width} values at every position");
        int length = ClassScores.CountOf(output.Shape);
        // A number for each of many positions is no vector.
        if (length == 0 || (!evidence.IsAsked && output.Shape is [_, > 1, 1]))
            return null;
        bool isWide = length % Width == 0 && length > Width;
        string? reason =
            output.HasUnitLength && length >= Width ? "of length 1"
            : output.NamesVectors && !output.NamesScores ? "by its name"
            : isWide && IsFeatureEnd(output.End) ? $"behind a {output.End} without a classifier"
            : null;
        return reason is not null || evidence.IsAsked || (isWide && output.End is "MatMul" or "Gemm")
            ? new Recognized(
                new EmbeddingsTask(output.Name, length),
                $"{output.Text}: a vector of {length} values{(reason is null ? "" : $", {reason}")}",
                IsSure: reason is not null
            )
            : null;
    }

    private static bool IsFeatureEnd(string end) =>
        end
            is "Conv"
                or "GlobalAveragePool"
                or "ReduceMean"
                or "AveragePool"
                or "Relu"
                or "LeakyRelu"
                or "Tanh"
                or "BatchNormalization"
                or OutputEnd.Normalization;

    private static bool FitsLabels(TaskEvidence evidence, SeenOutput output) => evidence.LargestLabel < ClassScores.CountOf(output.Shape);
}
