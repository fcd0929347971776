using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>Networks whose picture input is not float32.</summary>
public sealed class PictureElementsTests : IDisposable
{
    private static readonly string Bundled = Path.Combine(SharedFolder.Repository, "samples", "shapes-resnet.onnx");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Double)]
    [InlineData(ElementType.BFloat16)]
    public void Pictures_are_prepared_for_floats_of_any_width_as_for_float32(ElementType type)
    {
        QuantizationReport expected = Run(Bundled),
            found = Run(Changed(graph => Cast(graph, type)));

        Assert.Equal(
            (expected.Preprocessing!.Flags, expected.Preprocessing.ChosenBy),
            (found.Preprocessing!.Flags, found.Preprocessing.ChosenBy)
        );
        // Rounded pictures give other ranges; wrong ones would give less than half of the decibels.
        Assert.Equal(expected.Outputs[0].SqnrDb!.Value, found.Outputs[0].SqnrDb!.Value, 3.0);
    }

    [Fact]
    public void What_a_network_in_half_precision_remembers_tells_the_preparation()
    {
        QuantizationReport expected = Run(Bundled),
            found = Run(Changed(InHalfPrecision));

        Assert.Equal(
            (expected.Preprocessing!.Flags, expected.Preprocessing.ChosenBy),
            (found.Preprocessing!.Flags, found.Preprocessing.ChosenBy)
        );
        Assert.Equal(expected.Preprocessing.Score!.Value, found.Preprocessing.Score!.Value, 1e-2);
        using OnnxModel written = OnnxFile.Read(found.Model.Output);
        Assert.Equal((ElementType.Float16, ElementType.Float16), (written.Graph.Inputs[0].Type, written.Graph.Outputs[0].Type));
    }

    [Theory]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.Int64)]
    public void Whole_numbers_take_bytes_and_their_network_the_rest(ElementType type)
    {
        QuantizationReport expected = Run(Bundled),
            found = Run(
                Changed(graph =>
                {
                    Cast(graph, type);
                    Normalize(graph);
                })
            );

        Assert.Equal("--preset raw --channels rgb", found.Preprocessing!.Flags);
        Assert.Equal(expected.Outputs[0].SqnrDb!.Value, found.Outputs[0].SqnrDb!.Value, 3.0);
    }

    private QuantizationReport Run(string model) =>
        QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = model,
                CalibrationPaths = [Path.Combine(SharedFolder.Repository, "calibration-data/shapes/calib")],
                OutputPath = _folder.File("int8.onnx"),
                Samples = 16,
                Method = RangeMethod.MinMax,
                SlowIntegers = SlowIntegers.Kept,
            }
        );

    private string Changed(Action<Graph> change)
    {
        using OnnxModel model = OnnxFile.Read(Bundled);
        change(model.Graph);
        string path = _folder.File("changed.onnx");
        OnnxFile.Write(model, path);
        return path;
    }

    /// <summary>The input has another type; the network behind it is in float32.</summary>
    private static void Cast(Graph graph, ElementType type)
    {
        InFront(graph, "Cast", "cast", NodeAttribute.Of("to", (long)ElementType.Float));
        graph.Inputs[0].Type = type;
    }

    /// <summary>The network takes bytes less ImageNet's mean, by its deviation, by itself.</summary>
    private static void Normalize(Graph graph)
    {
        Node cast = graph.Nodes[0];
        string prepared = cast.Outputs[0];
        cast.Outputs[0] = "floats";
        graph.Initializers.Add(Tensor.FromFloats("mean", [3, 1, 1], [123.675f, 116.28f, 103.53f]));
        graph.Initializers.Add(Tensor.FromFloats("std", [3, 1, 1], [58.395f, 57.12f, 57.375f]));
        graph.Nodes.Insert(1, new Node("Sub", ["floats", "mean"], ["centred"], "centre"));
        graph.Nodes.Insert(2, new Node("Div", ["centred", "std"], [prepared], "scale"));
    }

    private static void InFront(Graph graph, string operation, string name, NodeAttribute attribute)
    {
        string input = graph.Inputs[0].Name,
            inside = $"{input}_{name}";
        foreach (Node node in graph.Nodes)
        {
            for (int at = 0; at < node.Inputs.Count; at++)
            {
                if (node.Inputs[at] == input)
                    node.Inputs[at] = inside;
            }
        }
        graph.Nodes.Insert(0, new Node(operation, [input], [inside], name) { Attributes = [attribute] });
    }

    private static void InHalfPrecision(Graph graph)
    {
        for (int i = 0; i < graph.Initializers.Count; i++)
        {
            Tensor constant = graph.Initializers[i];
            if (constant.Type != ElementType.Float)
                continue;
            Half[] halves = Array.ConvertAll(constant.Values<float>().ToArray(), value => (Half)value);
            graph.Initializers[i] = new Tensor(
                constant.Name,
                ElementType.Float16,
                constant.Dimensions,
                System.Runtime.InteropServices.MemoryMarshal.AsBytes(halves.AsSpan()).ToArray()
            );
        }
        foreach (ValueInfo value in graph.Inputs.Concat(graph.Outputs).Concat(graph.ValueInfos))
            value.Type = value.Type == ElementType.Float ? ElementType.Float16 : value.Type;
    }
}
