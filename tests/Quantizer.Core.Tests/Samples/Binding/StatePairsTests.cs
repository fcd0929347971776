using Quantizer.Graphs;
using Quantizer.Samples.Binding;

namespace Quantizer.Core.Tests.Samples.Binding;

public class StatePairsTests
{
    [Theory]
    [InlineData("states_in", "states_out")]
    [InlineData("h", "h_out")]
    [InlineData("c0", "cn")]
    [InlineData("initial_state", "new_state")]
    public void A_state_has_the_output_that_is_called_alike(string input, string output) =>
        Assert.Equal(output, OutputOf([State(input), State("hidden")], [State("cell"), State(output)]));

    [Fact]
    public void The_only_output_of_its_kind_is_that_of_the_only_state()
    {
        Assert.Equal("stateC", OutputOf([State("hidden")], [State("stateC")]));
        Assert.Null(OutputOf([State("hidden"), State("cell_state")], [State("stateC")]));
        Assert.Null(OutputOf([State("hidden")], [State("one"), State("two")]));
    }

    [Fact]
    public void An_output_of_another_type_or_sizes_or_that_grows_is_none()
    {
        TensorSignature cache = new("past_key", ElementType.Float, ["N", 2, "past", 4]);

        Assert.Null(OutputOf([State("h0")], [State("hn") with { Type = ElementType.Double }]));
        Assert.Null(OutputOf([State("h0")], [State("hn") with { Shape = [1, 8] }]));
        Assert.Null(OutputOf([cache], [cache with { Name = "present_key" }]));
    }

    [Theory]
    [InlineData("batch", true)]
    [InlineData("LSTMhn_dim_1", true)]
    [InlineData("more", false)]
    public void The_axis_of_samples_may_lie_behind_that_of_layers(string axis, bool isOne)
    {
        TensorSignature x = new("x", ElementType.Float, ["batch", "time", 8]),
            h0 = new("h0", ElementType.Float, [2, axis == "more" ? "past" : "batch", 4]);

        Assert.Equal(isOne ? "hn" : null, OutputOf([h0, x], [h0 with { Name = "hn", Shape = [2, axis, 4] }]));
    }

    [Fact]
    public void The_note_of_zeros_names_the_pair()
    {
        InputBinding binding = new([State("x"), State("h0")], [State("y"), State("hn")], new());

        binding.Complete("data", ["x"], []);

        Assert.Equal(
            ["'h0' is not among the data: zeros of [1, 4]. Where samples follow each other, --feedback hn=h0 carries 'hn' on to the next."],
            binding.Notes
        );
    }

    private static string? OutputOf(TensorSignature[] inputs, TensorSignature[] outputs) => StatePairs.OutputOf(inputs[0], inputs, outputs);

    private static TensorSignature State(string name) => new(name, ElementType.Float, [1, 4]);
}
