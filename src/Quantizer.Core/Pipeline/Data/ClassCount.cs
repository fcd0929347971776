using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Sizes;

namespace Quantizer.Pipeline.Data;

/// <summary>How many classes a network of pictures scores; 0 for one that is no classifier, or does not say.</summary>
internal static class ClassCount
{
    /// <summary>As the file tells; where it does not, its answer to a black picture does, of a usual size where any is taken.</summary>
    public static int Of(InferenceModel session, PictureInput input, IReadOnlyDictionary<string, TensorValue> constants, FirstScores scores)
    {
        TensorSignature output = scores.Output,
            pictures = session.Inputs.First(signature => signature.Name == input.Name);
        bool isOpen = input is { Width: null } or { Height: null };
        bool isUnknown = output.Shape is null || (isOpen && output.Shape is [_, { Size: null }]);
        if (!isUnknown || !scores.AreNumbers)
            return ToldBy(output);
        IEnumerable<TensorSignature> sizes = isOpen
            ? CustomarySizes.Shapes(input).Select(shape => pictures with { Shape = shape })
            : [pictures];
        return sizes.Select(size => Asked(size, constants, scores)).FirstOrDefault(count => count is not null) ?? ToldBy(output);
    }

    /// <summary>Classes that the first output scores; 0 when it is no list of scores or does not say how long a one.</summary>
    private static int ToldBy(TensorSignature output) =>
        output.Shape is { } shape ? ClassScores.CountOf([.. shape.Skip(1).Select(axis => axis.Size ?? 0)]) : 0;

    /// <summary>The classes in the answer to a black picture; null where the model cannot take it.</summary>
    private static int? Asked(TensorSignature pictures, IReadOnlyDictionary<string, TensorValue> constants, FirstScores scores)
    {
        if (ZeroInputs.Of([pictures]) is not { } black)
            return null;
        try
        {
            TensorValue answer = scores.Ask(new Dictionary<string, TensorValue>(constants.Concat(black)));
            // A text reader that gives its positions first is no list of classes, though one whose file says so.
            return answer.Shape is [1, ..] ? ClassScores.CountOf([.. answer.Shape.Skip(1)]) : 0;
        }
        catch (QuantizationException)
        {
            // Whatever fails here is told where real pictures are run.
            return null;
        }
    }
}
