using Quantizer.Core.Tests.Rewriting;
using Quantizer.Execution;
using Quantizer.Execution.Pieces;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution.Pieces;

public class ModelPieceTests
{
    private static readonly OnnxModel Residual = new GraphBuilder()
        .Input("x", [1, 3, 8, 8])
        .Conv("stem", "x", 3, 4)
        .Node("Relu", ["stem"], ["start"])
        .Conv("inner", "start", 4, 4)
        .Node("Relu", ["inner"], ["middle"])
        .Conv("outer", "middle", 4, 4)
        .Node("Add", ["outer", "start"], ["sum"])
        .Node("Relu", ["sum"], ["end"])
        .Node("Sigmoid", ["end"], ["y"])
        .Output("y")
        .Build();

    [Fact]
    public void No_node_is_in_two_pieces_and_what_nobody_wants_in_none()
    {
        IReadOnlyList<ModelPiece> pieces = ModelPiece.Cut(
            Residual.Graph,
            [
                ["stem"],
                ["outer"],
                ["end"],
            ]
        );

        Assert.Equal(
            ["Conv_stem", "Relu_start Conv_inner Relu_middle Conv_outer", "Add_sum Relu_end"],
            pieces.Select(piece => string.Join(' ', piece.Nodes.Select(node => node.Name)))
        );
    }

    [Fact]
    public void A_tensor_is_handed_on_as_long_as_a_later_piece_reads_it()
    {
        IReadOnlyList<ModelPiece> pieces = ModelPiece.Cut(
            Residual.Graph,
            [
                ["stem"],
                ["outer"],
                ["end"],
            ]
        );

        Assert.Equal(
            [
                ["x"],
                ["stem"],
                ["outer", "start"],
            ],
            pieces.Select(piece => piece.Inputs)
        );
        Assert.Equal(
            [
                ["stem"],
                ["outer", "start"],
                ["end"],
            ],
            pieces.Select(piece => piece.Outputs.Order(StringComparer.Ordinal).ToArray())
        );
        Assert.Equal(
            [
                ["x"],
                ["stem"],
                ["end", "outer", "start"],
            ],
            pieces.Select(piece => piece.LastRead.Order(StringComparer.Ordinal).ToArray())
        );
    }

    [Fact]
    public void A_wanted_tensor_of_an_earlier_piece_waits_for_its_own()
    {
        IReadOnlyList<ModelPiece> pieces = ModelPiece.Cut(
            Residual.Graph,
            [
                ["outer"],
                ["inner"],
            ]
        );

        Assert.Contains("inner", pieces[0].Outputs);
        Assert.Empty(pieces[1].Nodes);
        Assert.Equal(["inner"], pieces[1].LastRead);
    }

    [Fact]
    public void A_part_holds_only_what_its_tensor_depends_on()
    {
        ModelPiece part = ModelPiece
            .Cut(
                Residual.Graph,
                [
                    ["stem"],
                    ["outer"],
                ]
            )[1]
            .Part(["middle"]);

        Assert.Equal(["Relu_start", "Conv_inner", "Relu_middle"], part.Nodes.Select(node => node.Name));
        Assert.Equal(
            [
                ["stem"],
                ["middle"],
            ],
            [part.Inputs, part.Outputs]
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pieces_one_after_the_other_compute_what_the_whole_does(bool isSameShape)
    {
        Dictionary<string, TensorValue> inputs = new() { ["x"] = TensorValue.FromFloats([1, 3, 8, 8], SmallNetworks.Values(192, seed: 9)) };
        using InferenceModel whole = InferenceModel.Load(Residual);
        float[] expected = whole.Run(inputs)["y"].Floats.ToArray();
        using LiveTensors tensors = new(Residual.Graph, inputs);

        foreach (
            ModelPiece piece in ModelPiece.Cut(
                Residual.Graph,
                [
                    ["stem"],
                    ["inner"],
                    ["outer"],
                    ["y"],
                ]
            )
        )
        {
            using PieceSession session = PieceSession.Open(Residual, piece, tensors, isSameShape);
            session.Run(tensors);
            tensors.Drop(piece.LastRead.Except(["y"]));
        }

        float[] found = tensors.Floats("y").ToArray();
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        // Of all that was computed only the result is left.
        Assert.Equal(sizeof(float) * expected.Length, tensors.Bytes);
    }

    [Fact]
    public void What_is_written_between_two_pieces_reaches_the_next()
    {
        using LiveTensors tensors = new(
            Residual.Graph,
            new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 3, 8, 8], new float[192]) }
        );
        IReadOnlyList<ModelPiece> pieces = ModelPiece.Cut(
            Residual.Graph,
            [
                ["stem"],
                ["start"],
            ]
        );
        using PieceSession first = PieceSession.Open(Residual, pieces[0], tensors, isSameShape: true);
        first.Run(tensors);
        tensors.ToChange("stem").Fill(7);

        using PieceSession second = PieceSession.Open(Residual, pieces[1], tensors, isSameShape: true);
        second.Run(tensors);

        Assert.All(tensors.Floats("start").ToArray(), value => Assert.Equal(7f, value));
    }
}
