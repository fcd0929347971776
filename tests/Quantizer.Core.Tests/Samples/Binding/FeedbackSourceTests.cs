using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;

namespace Quantizer.Core.Tests.Samples.Binding;

public class FeedbackSourceTests
{
    private const int Count = 500;
    private static readonly Dictionary<string, string> Feedback = new() { ["h"] = "hn" };

    /// <summary>The state counts the samples before; sequences begin at 0 and 300, and sample 7 is broken.</summary>
    private readonly List<int> _runs = [];

    [Fact]
    public void State_depends_on_the_place_alone_whatever_the_order()
    {
        FeedbackSource forward = Source(),
            backward = Source();
        float[] expected = [.. Enumerable.Range(0, Count).Select(index => index == 7 ? -1 : StateOf(forward, index))];

        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, -1, 7, 8], expected[..10]);
        Assert.Equal([0f, 1], expected[300..302]);
        for (int index = Count - 1; index >= 0; index--)
        {
            if (index != 7)
                Assert.Equal(expected[index], StateOf(backward, index));
        }
    }

    [Fact]
    public void In_order_every_sample_is_run_once()
    {
        FeedbackSource source = Source();

        new SampleWorkers(1, CancellationToken.None).Run(Count, index => _ = index == 7 ? 0 : StateOf(source, index));

        // All but the broken one and the last of each sequence, whose state nobody asks for.
        Assert.Equal(Count - 3, _runs.Count);
    }

    [Fact]
    public void Going_back_costs_less_than_beginning_anew()
    {
        FeedbackSource source = Source();
        for (int index = 8; index < 300; index++)
            StateOf(source, index);
        _runs.Clear();

        StateOf(source, 100);

        Assert.InRange(_runs.Count, 0, 16);
    }

    [Fact]
    public void A_broken_sample_has_no_state() => Assert.Throws<BrokenSampleException>(() => Source().Load(7));

    private static float StateOf(FeedbackSource source, int index) => source.Load(index).Inputs["h"].Floats[0];

    private FeedbackSource Source()
    {
        Dictionary<string, TensorValue> zero = new() { ["h"] = TensorValue.FromFloats([1], [0f]) };
        return new FeedbackSource(
            new ArraySamples([.. Enumerable.Repeat(zero, Count)], broken: 7),
            index => index is 0 or 300,
            Feedback,
            (inputs, outputs) =>
            {
                Assert.Equal(["hn"], outputs);
                lock (_runs)
                    _runs.Add(0);
                return new Dictionary<string, TensorValue> { ["hn"] = TensorValue.FromFloats([1], [inputs["h"].Floats[0] + 1]) };
            }
        );
    }
}
