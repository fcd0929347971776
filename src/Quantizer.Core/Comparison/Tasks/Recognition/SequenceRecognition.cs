using Quantizer.Comparison.Tasks.Judges;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>Networks whose first output is [1, positions, values], or [nodes, values].</summary>
internal static class SequenceRecognition
{
    /// <summary>Taggers have fewer classes; encoders have more values.</summary>
    private const int MostTags = 64;

    /// <summary>The next token is told better than by chance, and better than the token that stands there already.</summary>
    public static Recognized? FindTokens(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (!output.HoldsFractions || output.Shape is not [1, var positions and >= 2, var classes and >= 2])
            return null;
        if (evidence.TokensOf(positions) is not { } input)
            return null;
        int[] tokens = TokenIds.Of(input.Value);
        if (tokens.Any(token => token < 0 || token >= classes))
            return null;
        double next = TokenBits.Mean(output.Values, (int)classes, tokens[1..]),
            same = TokenBits.Mean(output.Values, (int)classes, tokens[..^1]);
        return evidence.IsAsked || (next < same && next < Math.Log2(classes))
            ? new Recognized(
                new PositionsTask(output.Name, (int)classes, input.Name),
                $"{output.Text}: scores of the next token of {input.Name}"
            )
            : null;
    }

    public static Recognized? FindPositions(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        bool areAnswers = output is { HoldsFractions: false, End: "ArgMax" or "ArgMin", Shape: [1, .., >= 2] };
        if (areAnswers && SeenMap.Of(output, evidence.Picture) is null)
        {
            return new Recognized(
                new PositionsTask(output.Name, classes: null, tokens: null),
                $"{output.Text}: the class at every position"
            );
        }
        if (!output.HoldsFractions || output.Shape is not ([1, _, >= 2] or [>= 2, >= 2]))
            return null;
        // The nodes of a graph have no axis of samples in front.
        bool areRows = output.Shape.Count == 2;
        (long positions, long classes) = (output.Shape[^2], output.Shape[^1]);
        bool mayBeNodes = evidence.Outputs.Count == 1 && (output.NamesScores || AreSharesOfNodes(evidence));
        if (areRows && !evidence.IsAsked && !mayBeNodes)
            return null;
        if (positions < 2 && !evidence.IsAsked)
            return null;
        bool areProbabilities =
            output.End == "LogSoftmax" || new ClassGrid((int)classes, IsClassFirst: false).HoldsProbabilities(output.Values);
        bool hasTokens = evidence.TokensOf(positions) is not null;
        bool isTagger = hasTokens && (output.NamesScores || (output.End is "MatMul" or "Gemm" && classes <= MostTags));
        bool arePoints = !areRows && evidence.Outputs.Count == 1 && output.NamesScores && HaveInput(evidence, positions);
        if (!areProbabilities && !hasTokens && !areRows && !arePoints && !evidence.IsAsked)
            return null;
        if (HiddenWidth(evidence) is not null && !evidence.IsAsked)
            return null;
        return new Recognized(
            new PositionsTask(output.Name, (int)classes, tokens: null),
            $"{output.Text}: {(areProbabilities ? "probabilities" : "scores")} of {classes} classes at every position",
            evidence.IsAsked || areProbabilities || areRows || arePoints || isTagger
        );
    }

    /// <summary>Whether an input has a row, or a column, of numbers for each of so many points. A picture's sides are no points.</summary>
    private static bool HaveInput(TaskEvidence evidence, long positions) =>
        evidence.Picture is null
        && evidence.Inputs.Any(input =>
            !input.HoldsWholeNumbers && input.Value.Shape is [1, var one, var other] && (one == positions || other == positions)
        );

    /// <summary>A Softmax over the classes of each node, of which an input has a row of features.</summary>
    private static bool AreSharesOfNodes(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        long nodes = output.Shape[0];
        if (!evidence.Inputs.Any(input => input.Value.Shape is [.., var rows, _] and { Count: 2 or 3 } && rows == nodes))
            return false;
        ClassGrid grid = new((int)output.Shape[^1], IsClassFirst: false);
        return output.End switch
        {
            "Softmax" => grid.HoldsProbabilities(output.Values),
            "LogSoftmax" => grid.HoldsProbabilities([.. output.Values.Select(MathF.Exp)]),
            _ => false,
        };
    }

    /// <summary>The length of the vectors of an encoder; null where the first output is no encoder's.</summary>
    public static int? HiddenWidth(TaskEvidence evidence)
    {
        SeenOutput output = evidence.First;
        if (output.Shape is not [1, var positions, var width and >= 2] || evidence.TokensOf(positions) is null)
            return null;
        bool isNamed = output.NamesVectors && !output.NamesScores;
        bool isNormalized = output.End is OutputEnd.Normalization or "SkipLayerNormalization" or "SimplifiedLayerNormalization";
        return evidence.IsAsked || isNamed || (isNormalized && !output.NamesScores) ? (int)width : null;
    }
}
