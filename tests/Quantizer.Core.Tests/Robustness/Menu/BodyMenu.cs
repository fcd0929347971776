using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness.Menu;

/// <summary>Operators with graphs in them.</summary>
internal static class BodyMenu
{
    public static IEnumerable<MenuEntry> Entries()
    {
        yield return new MenuEntry(
            "If",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
            {
                string condition = sketch.Node("Less", [sketch.Node("Size", [x.Name]), sketch.LongScalar(1_000_000)]);
                Graph Branch(string opType) =>
                    new GraphBuilder(sketch.Opset).Node(opType, [x.Name], [sketch.NewName("b")]) is var body
                        ? WithOutput(body)
                        : throw new InvalidOperationException();
                return x with
                {
                    Name = sketch.Node(
                        "If",
                        [condition],
                        NodeAttribute.Of("then_branch", Branch("Sigmoid")),
                        NodeAttribute.Of("else_branch", Branch("Relu"))
                    ),
                };
            }
        );
        yield return new MenuEntry(
            "Loop",
            13,
            Ranks.Any,
            true,
            (sketch, x) =>
            {
                string step = sketch.NewName("step"),
                    condition = sketch.NewName("go"),
                    state = sketch.NewName("state"),
                    on = sketch.NewName("on"),
                    next = sketch.NewName("next");
                Graph body = new GraphBuilder(sketch.Opset)
                    .Input(step, [], ElementType.Int64)
                    .Input(condition, [], ElementType.Bool)
                    .Input(state, [.. x.Shape.Select(size => (Dimension)size)])
                    .Node("Identity", [condition], [on])
                    .Node("Tanh", [state], [next])
                    .Output(on, [], ElementType.Bool)
                    .Output(next)
                    .BuildGraph();
                return x with { Name = sketch.Node("Loop", [sketch.LongScalar(2), "", x.Name], NodeAttribute.Of("body", body)) };
            }
        );
        yield return new MenuEntry(
            "Scan",
            13,
            Ranks.Sequence,
            true,
            (sketch, x) =>
            {
                string row = sketch.NewName("row"),
                    made = sketch.NewName("made");
                Graph body = new GraphBuilder(sketch.Opset)
                    .Input(row, [x.Shape[0], x.Shape[2]])
                    .Node("Sigmoid", [row], [made])
                    .Output(made, [x.Shape[0], x.Shape[2]])
                    .BuildGraph();
                return x with
                {
                    Name = sketch.Node(
                        "Scan",
                        [x.Name],
                        NodeAttribute.Of("body", body),
                        NodeAttribute.Of("num_scan_inputs", 1L),
                        NodeAttribute.Of("scan_input_axes", [1L]),
                        NodeAttribute.Of("scan_output_axes", [1L])
                    ),
                };
            }
        );
    }

    private static Graph WithOutput(GraphBuilder body)
    {
        Graph graph = body.BuildGraph();
        graph.Outputs.Add(new ValueInfo(graph.Nodes[^1].Outputs[0], ElementType.Float, null));
        return graph;
    }
}
