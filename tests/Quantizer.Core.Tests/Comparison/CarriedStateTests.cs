using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;

namespace Quantizer.Core.Tests.Comparison;

public class CarriedStateTests
{
    private static readonly Dictionary<string, string> Feedback = new() { ["h"] = "hn" };

    [Fact]
    public void Each_model_carries_its_own_state()
    {
        // hn = h + x and hn = h + 2x, with x = 1: states 1, 2, 3 | 1, 2 against 2, 4, 6 | 2, 4 (the fourth sample begins anew).
        using InferenceModel reference = InferenceModel.Load(Adding(1f)),
            other = InferenceModel.Load(Adding(2f));
        Ones samples = new(5);

        OutputDifference difference = ModelComparer
            .Compare(
                reference,
                other,
                new SampleReader<Sample>(samples.Count, samples.Load),
                new FoundTask(new ValuesTask(), "numbers"),
                workers: 4,
                _ => { },
                CancellationToken.None,
                new CarriedState(samples, index => index is 0 or 3, Feedback)
            )
            .Outputs.Single();

        // The error is as large as the signal: 0 dB. Fed with the reference's state, the other would be 1 off every time.
        Assert.Equal(0, difference.SqnrDb, 1e-6);
        // 1, 2, 3 and 1, 2: carried over the beginning of the second sequence they would be 1 to 5.
        Assert.Equal(Math.Sqrt(19.0 / 5), difference.Rms, 1e-6);
    }

    [Fact]
    public void Sequences_end_where_the_next_one_begins() =>
        Assert.Equal([0..3, 3..4, 4..6], new CarriedState(new Ones(6), index => index is 0 or 3 or 4, Feedback).Sequences);

    private static OnnxModel Adding(float factor) =>
        new GraphBuilder()
            .Input("x", [1])
            .Input("h", [1])
            .Constant("factor", [1], [factor])
            .Node("Mul", ["x", "factor"], ["scaled"])
            .Node("Add", ["h", "scaled"], ["hn"])
            .Output("hn", [1])
            .Build();

    private sealed class Ones(int count) : ISampleSource
    {
        public int Count => count;

        public string NameOf(int index) => $"{index}";

        public int? LabelOf(int index) => null;

        public Sample Load(int index) =>
            new(
                NameOf(index),
                new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1], [1f]), ["h"] = TensorValue.FromFloats([1], [0f]) }
            );
    }
}
