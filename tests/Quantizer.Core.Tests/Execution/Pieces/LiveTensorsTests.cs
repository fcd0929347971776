using Quantizer.Execution.Pieces;
using Quantizer.Graphs;
using Quantizer.Graphs.Files;

namespace Quantizer.Core.Tests.Execution.Pieces;

public class LiveTensorsTests
{
    private static readonly OnnxModel Two = new GraphBuilder()
        .Input("x", [1, 4])
        .Node("Neg", ["x"], ["h"])
        .Node("Relu", ["h"], ["y"])
        .Output("y")
        .Build();

    private static readonly IReadOnlyList<ModelPiece> Pieces = ModelPiece.Cut(
        Two.Graph,
        [
            ["h"],
            ["y"],
        ]
    );

    private static Dictionary<string, TensorValue> Inputs => new() { ["x"] = TensorValue.FromFloats([1, 4], [1, -2, 3, -4]) };

    [Fact]
    public void What_is_parked_is_told_of_and_comes_back_equal()
    {
        using ScratchFile scratch = new();
        using LiveTensors tensors = new(Two.Graph, Inputs, scratch);
        Run(tensors, piece: 0);

        tensors.Park();

        Assert.Equal(32, tensors.Bytes);
        Assert.True(tensors.IsFloat("h"));
        Assert.Equal([1, 4], tensors.ShapeOf("h"));
        Assert.Equal([1, -2, 3, -4], tensors.Floats("x").ToArray());
        Assert.Equal([-1, 2, -3, 4], tensors.Floats("h").ToArray());
        Assert.Equal(32, tensors.Bytes);
    }

    [Fact]
    public void A_piece_runs_on_what_is_parked()
    {
        using ScratchFile scratch = new();
        using LiveTensors tensors = new(Two.Graph, Inputs, scratch);
        Run(tensors, piece: 0);
        tensors.Park();

        Run(tensors, piece: 1);

        Assert.Equal([0, 2, 0, 4], tensors.Floats("y").ToArray());
    }

    [Fact]
    public void What_was_changed_is_parked_as_it_is_then()
    {
        using ScratchFile scratch = new();
        using LiveTensors tensors = new(Two.Graph, Inputs, scratch);
        Run(tensors, piece: 0);
        tensors.Park();
        tensors.ToChange("h").Fill(5);
        tensors.ToChange("x").Fill(6);

        tensors.Park();

        Assert.Equal([5, 5, 5, 5], tensors.Floats("h").ToArray());
        Assert.Equal([6, 6, 6, 6], tensors.Floats("x").ToArray());
    }

    [Fact]
    public void What_is_dropped_gives_its_room_back()
    {
        using ScratchFile scratch = new();
        using LiveTensors tensors = new(Two.Graph, Inputs, scratch);
        Run(tensors, piece: 0);
        tensors.Park();

        tensors.Drop(["h"]);

        Assert.Equal(16, tensors.Bytes);
        Assert.Equal(0, scratch.Keep(new byte[16]).Offset);
    }

    [Fact]
    public void Where_there_is_no_room_tensors_stay_in_memory()
    {
        using ScratchFile scratch = new(() => throw new IOException("No space left on device"));
        using LiveTensors tensors = new(Two.Graph, Inputs, scratch);
        Run(tensors, piece: 0);

        tensors.Park();
        tensors.ToChange("h").Fill(5);
        tensors.Park();
        Run(tensors, piece: 1);

        Assert.Equal([5, 5, 5, 5], tensors.Floats("y").ToArray());
        Assert.Equal(48, tensors.Bytes);
    }

    [Fact]
    public void A_fixed_batch_is_filled_up_and_parked_as_well()
    {
        OnnxModel batched = new GraphBuilder().Input("x", [2, 4]).Node("Neg", ["x"], ["y"]).Output("y").Build();
        using ScratchFile scratch = new();
        using LiveTensors tensors = new(batched.Graph, Inputs, scratch);

        tensors.Park();

        Assert.Equal([2, 4], tensors.ShapeOf("x"));
        Assert.Equal([1, -2, 3, -4, 1, -2, 3, -4], tensors.Floats("x").ToArray());
    }

    private static void Run(LiveTensors tensors, int piece)
    {
        using PieceSession session = PieceSession.Open(Two, Pieces[piece], tensors, isSameShape: true);
        session.Run(tensors);
    }
}
