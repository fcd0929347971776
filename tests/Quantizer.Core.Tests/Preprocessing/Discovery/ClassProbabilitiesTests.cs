using Quantizer.Graphs;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

public sealed class ClassProbabilitiesTests
{
    [Fact]
    public void Logits_go_through_softmax_and_probabilities_stay()
    {
        Assert.Equal([0.25, 0.75], Probabilities(0f, MathF.Log(3)), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([0.25, 0.75], Probabilities(0.25f, 0.75f));
        Assert.Equal([0.5, 0.5], Probabilities(1000f, 1000f));
    }

    [Fact]
    public void Only_a_list_of_finite_scores_is_one_of_classes()
    {
        Assert.Null(ClassProbabilities.Probabilities(TensorValue.FromFloats([1, 2, 2], new float[4])));
        Assert.Null(ClassProbabilities.Probabilities(TensorValue.FromFloats([1, 1], new float[1])));
        Assert.Null(Probabilities(1, float.NaN));
        Assert.NotNull(ClassProbabilities.Probabilities(TensorValue.FromFloats([1, 4, 1, 1], new float[4])));
    }

    [Fact]
    public void Information_is_one_for_sure_and_different_answers_and_zero_for_always_the_same()
    {
        Assert.Equal(
            1,
            Mean([
                [1, 0],
                [0, 1],
            ]),
            12
        );
        Assert.Equal(
            0,
            Mean([
                [1, 0],
                [1, 0],
            ]),
            12
        );
        Assert.Equal(
            0,
            Mean([
                [0.5, 0.5],
                [0.5, 0.5],
            ]),
            12
        );
        // Mean (1/2, 1/2): 1; each answer: H(0.9, 0.1) = 0.325083 nats = 0.468996 of ln 2.
        Assert.Equal(
            0.531004,
            Mean([
                [0.9, 0.1],
                [0.1, 0.9],
            ]),
            6
        );
    }

    [Fact]
    public void Fewer_pictures_than_classes_can_be_told_apart_fully()
    {
        Assert.Equal(
            1,
            Mean([
                [1, 0, 0, 0],
                [0, 1, 0, 0],
            ]),
            12
        );
        Assert.Equal(
            0,
            Mean([
                [1, 0, 0, 0],
            ]),
            12
        );
    }

    [Fact]
    public void Probabilities_too_small_to_average_add_nothing() =>
        Assert.Equal(
            1,
            Mean([
                [1, 0, double.Epsilon],
                [0, 1, 0],
            ]),
            12
        );

    private static double Mean(double[][] probabilities) => ClassProbabilities.Information(probabilities).Average();

    private static double[] Probabilities(params float[] scores) =>
        ClassProbabilities.Probabilities(TensorValue.FromFloats([1, scores.Length], scores))!;
}
