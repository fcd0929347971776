using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;

namespace Quantizer.Core.Tests.Comparison.Tasks.Judges;

/// <summary>Samples that all have one answer in FP32 prove little.</summary>
public class OnlyAnswerTests
{
    [Theory]
    [InlineData(16, 16, "class 2")]
    [InlineData(16, 15, null)]
    [InlineData(15, 15, null)]
    public void Of_many_classes_of_one_kind_it_is_told(int samples, int alike, string? answer)
    {
        JudgedSample[] judged =
        [
            .. Enumerable
                .Range(0, samples)
                .Select(i => Judged.Sample("a", null, ("y", [1, 3], i < alike ? [0, 1, 2] : [2, 1, 0], [0, 1, 2]))),
        ];

        Assert.Equal(answer, new ClassesTask("y", 3).Total(judged).OnlyAnswer);
    }

    [Theory]
    [InlineData(0.2f, 0.2f, "no")]
    [InlineData(0.9f, 0.9f, "yes")]
    [InlineData(0.2f, 0.9f, null)]
    public void So_it_is_of_decisions(float most, float last, string? answer)
    {
        JudgedSample[] judged =
        [
            .. Enumerable.Range(0, 20).Select(i => Judged.Sample("a", null, ("y", [1, 1], [i < 19 ? most : last], [0.9f]))),
        ];

        Assert.Equal(answer, new DecisionsTask("y").Total(judged).OnlyAnswer);
    }
}
