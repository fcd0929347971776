using Quantizer.Core.Tests.Rewriting;
using Quantizer.Core.Tests.Search;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Ranges.Weights;

namespace Quantizer.Core.Tests.Correction.Rounding;

public class InputRowsTests
{
    /// <summary>By ONNX Runtime. A small network has few places, and all are taken in their order.</summary>
    [Theory]
    [InlineData("convolution")]
    [InlineData("depthwise")]
    [InlineData("linear")]
    public void A_row_times_the_weights_of_a_channel_is_the_layers_output_at_a_place(string kind)
    {
        Study study = RoundedLayer.StudyOf(kind, [5, 6], count: 8);
        RoundedLayer layer = RoundedLayer.Of(study);
        float[][] channels = WeightPlanner.Channels(layer.Layer.Weights, layer.Layer.Numbers.Axis);
        float[] bias = layer.Layer.Bias!.Values<float>().ToArray();
        Graph graph = study.Model.Graph;
        using InferenceModel session = InferenceModel.Load(
            ModelVariants.Piece(study.Model, [graph.Nodes[0]], graph.Inputs, [graph.Nodes[0].Outputs[0]])
        );
        float[] output = session.Run(study.Samples[1].Inputs).Values.Single().Floats.ToArray();

        float[][] rows = layer.RowsOf(sample: 1);

        Assert.Equal(output.Length / channels.Length, rows.Length);
        int each = channels.Length / layer.Layer.Groups;
        for (int place = 0; place < rows.Length; place++)
        {
            for (int channel = 0; channel < channels.Length; channel++)
            {
                int first = channel / each * layer.Layer.GroupWidth;
                float expected = kind == "linear" ? output[place * channels.Length + channel] : output[channel * rows.Length + place];
                Assert.Equal(
                    expected,
                    channels[channel].Select((weight, i) => weight * rows[place][first + i]).Sum() + bias[channel],
                    1e-4f
                );
            }
        }
    }

    [Fact]
    public void Of_a_large_sample_places_all_over_it_are_taken_each_once()
    {
        Study study = Study.Of(
            new GraphBuilder().Input("x", [1, 16, 64, 64]).Conv("h", "x", 16, 16, kernel: 1).Conv("y", "h", 16, 16).Output("y").Build()
        );
        RoundedLayer layer = RoundedLayer.Of(study);
        float[] input = study.Samples[0].Inputs["x"].Floats.ToArray();
        Dictionary<float, int> places = Enumerable.Range(0, 64 * 64).ToDictionary(place => input[place]);

        int[] taken = [.. layer.RowsOf(sample: 0).Select(row => places[row[0]])];

        Assert.InRange(taken.Length, 24, 1024);
        Assert.Equal(taken.Length, taken.Distinct().Count());
        // Each quarter of the picture, and each quarter of its width.
        Assert.All(
            Enumerable.Range(0, 4),
            quarter => Assert.InRange(taken.Count(place => place / 1024 == quarter), taken.Length / 5, taken.Length / 3)
        );
        Assert.All(
            Enumerable.Range(0, 4),
            quarter => Assert.InRange(taken.Count(place => place % 64 / 16 == quarter), taken.Length / 5, taken.Length / 3)
        );
    }
}
