using System.IO.Compression;
using System.Text.Json;
using Google.Protobuf;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Graphs.Serialization.Wire;
using Quantizer.Testing;
using Kind = Quantizer.Graphs.Serialization.Wire.AttributeProto.Types.AttributeType;

namespace Quantizer.EndToEnd.Tests.Robustness;

/// <summary>One network in the forms in which exporters and tools leave it: each is quantized as the plain form is.</summary>
public sealed class ModelFormTests : IDisposable
{
    private const int Side = 8;

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Nodes_in_any_order_are_quantized()
    {
        OnnxModel model = Plain().Build();
        model.Graph.Nodes.Reverse();

        AssertQuantized(model, convolutions: 2);
    }

    [Fact]
    public void An_initializer_that_is_there_twice_is_taken_once()
    {
        OnnxModel model = Plain().Build();
        model.Graph.Initializers.Add(model.Graph.Initializers[0].Renamed(model.Graph.Initializers[0].Name));

        AssertQuantized(model, convolutions: 2);
    }

    [Fact]
    public void Two_initializers_of_one_name_that_differ_are_refused_by_name()
    {
        OnnxModel model = Plain().Build();
        Tensor weights = model.Graph.Initializers.Single(tensor => tensor.Name == "y_w");
        model.Graph.Initializers.Add(Tensor.FromFloats("y_w", weights.Dimensions, new float[weights.ElementCount]));

        ProgramResult result = CommandLine.Run(_workspace.Write("model.onnx", model), "--calib", Samples(ElementType.Float));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("two initializers called 'y_w', of different values", result.Error);
        Assert.False(File.Exists(_workspace.PathOf("model.int8.onnx")));
    }

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Double)]
    [InlineData(ElementType.BFloat16)]
    public void Other_widths_are_quantized_and_inputs_and_outputs_keep_their_type(ElementType type)
    {
        OnnxModel model = Retyped(Plain().Build(), type);

        AssertQuantized(model, convolutions: 2, type);

        using OnnxModel written = OnnxFile.Read(_workspace.PathOf("model.int8.onnx"));
        Assert.Equal(type, Assert.Single(written.Graph.Inputs).Type);
        Assert.Equal(type, Assert.Single(written.Graph.Outputs).Type);
    }

    [Fact]
    public void Half_precision_inside_a_float_network_is_quantized()
    {
        GraphBuilder builder = Picture()
            .Conv("a", "x")
            .Node("Cast", ["a"], ["half"], NodeAttribute.Of("to", (long)ElementType.Float16))
            .Constant(new Tensor("two", ElementType.Float16, [], BitConverter.GetBytes((Half)2f)))
            .Node("Mul", ["half", "two"], ["twice"])
            .Node("Cast", ["twice"], ["back"], NodeAttribute.Of("to", (long)ElementType.Float))
            .Conv("y", "back")
            .Output("y", [1, Layers.Channels, Side, Side]);

        AssertQuantized(builder.Build(), convolutions: 2);
    }

    [Fact]
    public void Convolutions_in_functions_are_quantized()
    {
        OnnxModel model = new GraphBuilder()
            .Input("x", [1, Layers.Channels, Side, Side])
            .Conv("unused", "x")
            .Node(new Node("Twice", ["x", "unused_w"], ["y"], "call", "local"))
            .Output("y", [1, Layers.Channels, Side, Side])
            .Build();
        model.Graph.Nodes.RemoveAt(0);
        model.OperatorSets.Add(new OperatorSet("local", 1));
        model.Preserved = new PreservedFields(
            new ModelProto
            {
                Functions =
                {
                    Function("Twice", Call("Layer", ["x", "w"], ["a"], "local"), Call("Layer", ["a", "w"], ["y"], "local")),
                    Function("Layer", Padded(Call("Conv", ["x", "w"], ["a"])), Call("Relu", ["a"], ["y"])),
                },
            }.ToByteArray()
        );

        AssertQuantized(model, convolutions: 2);
    }

    [Fact]
    public void Fused_convolutions_are_quantized()
    {
        OnnxModel model = Plain().Build();
        foreach (Node node in model.Graph.Nodes.Where(node => node.OpType == "Conv").ToArray())
        {
            node.OpType = "FusedConv";
            node.Domain = "com.microsoft";
            node.Set(NodeAttribute.Of("activation", "LeakyRelu"));
            node.Set(NodeAttribute.Of("activation_params", [0.5f]));
        }
        model.OperatorSets.Add(new OperatorSet("com.microsoft", 1));

        AssertQuantized(model, convolutions: 2);
    }

    [Fact]
    public void An_input_with_a_default_stays_one_and_what_depends_on_it_stays_in_float()
    {
        OnnxModel model = Plain()
            .Input("factor", [1])
            .Constant("factor", [1], [0.5f])
            .Node("Mul", ["y", "factor"], ["m"])
            .Conv("z", "m")
            .Output("z", [1, Layers.Channels, Side, Side])
            .Build();

        ProgramResult result = CommandLine.Run(
            _workspace.Write("model.onnx", model),
            "--calib",
            Samples(ElementType.Float, "factor"),
            "--json"
        );

        JsonElement report = result.MustSucceed().Json();
        Dictionary<string, string> reasons = report
            .GetProperty("nodes")
            .EnumerateArray()
            .ToDictionary(node => node.GetProperty("name").GetString()!, node => node.GetProperty("reason").GetString()!);
        Assert.Contains("input 'factor'", reasons["Mul_m"]);
        Assert.Contains("input 'factor'", reasons["Conv_z"]);
        Assert.Equal("", reasons["Conv_y"]);
        Assert.Contains("array 'factor' is not used", result.Error);
        using OnnxModel written = OnnxFile.Read(_workspace.PathOf("model.int8.onnx"));
        Assert.Contains(written.Graph.Inputs, input => input.Name == "factor");
        Assert.Contains(written.Graph.Initializers, tensor => tensor.Name == "factor");
    }

    [Fact]
    public void Unsorted_nodes_inside_a_branch_which_ONNX_Runtime_refuses_are_sorted()
    {
        Graph branch = new GraphBuilder()
            .Node("Tanh", ["inner"], ["r"])
            .Node("Sin", ["y"], ["inner"])
            .Output("r", [1, Layers.Channels, Side, Side])
            .BuildGraph();
        OnnxModel model = Plain()
            .Node("ReduceSum", ["x"], ["total"], NodeAttribute.Of("keepdims", 0L))
            .Node("Cast", ["total"], ["yes"], NodeAttribute.Of("to", (long)ElementType.Bool))
            .Node("If", ["yes"], ["z"], NodeAttribute.Of("then_branch", branch), NodeAttribute.Of("else_branch", branch))
            .Output("z", [1, Layers.Channels, Side, Side])
            .Build();
        model.Graph.Outputs.RemoveAt(0);

        AssertQuantized(model, convolutions: 2);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Samples_are_fed_as_many_at_a_time_as_a_fixed_batch_takes(int batch)
    {
        // The batch is built into the shapes inside, too. 16 samples fill no whole number of batches.
        OnnxModel model = new GraphBuilder()
            .Input("x", [batch, Layers.Channels, Side, Side])
            .Conv("a", "x")
            .Constant("halves", [5], [(long)batch, 2, Layers.Channels / 2, Side, Side])
            .Constant("whole", [4], [(long)batch, Layers.Channels, Side, Side])
            .Node("Reshape", ["a", "halves"], ["h"])
            .Node("Transpose", ["h"], ["t"], NodeAttribute.Of("perm", [0L, 2L, 1L, 3L, 4L]))
            .Node("Reshape", ["t", "whole"], ["s"])
            .Conv("b", "s")
            .Node("GlobalAveragePool", ["b"], ["p"])
            .Node("Flatten", ["p"], ["y"])
            .Output("y", [batch, Layers.Channels])
            .Build();

        AssertQuantized(model, convolutions: 2, samples: 16);
    }

    private static FunctionProto Function(string name, params NodeProto[] nodes) =>
        new()
        {
            Name = name,
            Domain = "local",
            Input = { "x", "w" },
            Output = { "y" },
            Node = { nodes },
            OpsetImport =
            {
                new OperatorSetIdProto { Version = 17 },
                new OperatorSetIdProto { Domain = "local", Version = 1 },
            },
        };

    private static NodeProto Call(string opType, string[] inputs, string[] outputs, string domain = "") =>
        new()
        {
            OpType = opType,
            Domain = domain,
            Input = { inputs },
            Output = { outputs },
        };

    private static NodeProto Padded(NodeProto convolution)
    {
        convolution.Attribute.Add(
            new AttributeProto
            {
                Name = "pads",
                Type = Kind.Ints,
                Ints = { 1, 1, 1, 1 },
            }
        );
        return convolution;
    }

    /// <summary>Two convolutions, with a Relu between them.</summary>
    private static GraphBuilder Plain() =>
        Picture().Conv("a", "x").Node("Relu", ["a"], ["b"]).Conv("y", "b").Output("y", [1, Layers.Channels, Side, Side]);

    private static GraphBuilder Picture() => new GraphBuilder().Input("x", [1, Layers.Channels, Side, Side]);

    private static OnnxModel Retyped(OnnxModel model, ElementType type)
    {
        foreach (ValueInfo value in model.Graph.Inputs.Concat(model.Graph.Outputs))
            value.Type = type;
        for (int i = 0; i < model.Graph.Initializers.Count; i++)
        {
            Tensor tensor = model.Graph.Initializers[i];
            model.Graph.Initializers[i] = new Tensor(tensor.Name, type, tensor.Dimensions, Bytes(tensor.Values<float>().ToArray(), type));
        }
        return model;
    }

    private static byte[] Bytes(float[] values, ElementType type) =>
        [
            .. values.SelectMany(value =>
                type switch
                {
                    ElementType.Float16 => BitConverter.GetBytes((Half)value),
                    ElementType.Double => BitConverter.GetBytes((double)value),
                    ElementType.BFloat16 => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)),
                    _ => BitConverter.GetBytes(value),
                }
            ),
        ];

    /// <summary>All convolutions on integer kernels, and an error of less than a thirtieth.</summary>
    private void AssertQuantized(OnnxModel model, int convolutions, ElementType type = ElementType.Float, int samples = 16)
    {
        JsonElement report = CommandLine
            .Run(_workspace.Write("model.onnx", model), "--calib", Samples(type), "--slow-integers", "keep", "--json")
            .MustSucceed()
            .Json();

        Assert.Equal(
            convolutions,
            report.GetProperty("nodes").EnumerateArray().Count(node => node.GetProperty("kernel").GetString() == "QLinearConv")
        );
        JsonElement output = Assert.Single(report.GetProperty("outputs").EnumerateArray());
        Assert.InRange(output.GetProperty("sqnrDb").GetDouble(), 30, 60);
        Assert.Equal(samples, report.GetProperty("data").GetProperty("calibration").GetProperty("samples").GetInt32());
    }

    /// <summary>Values that half precision and bfloat16 hold exactly.</summary>
    private string Samples(ElementType type, string? other = null)
    {
        long[] shape = [16, Layers.Channels, Side, Side];
        float[] values =
        [
            .. RandomValues
                .Floats((int)shape.Aggregate((product, size) => product * size), seed: 7)
                .Select(value => MathF.Round(value * 128) / 128),
        ];
        byte[] array = type switch
        {
            ElementType.Float16 => NumPy.Array("<f2", shape, Array.ConvertAll(values, value => (Half)value)),
            ElementType.Double => NumPy.Array("<f8", shape, Array.ConvertAll(values, value => (double)value)),
            _ => NumPy.Array("<f4", shape, values),
        };
        (string, byte[])[] arrays = other is null ? [("x", array)] : [("x", array), (other, NumPy.Array("<f4", [16], new float[16]))];
        return _workspace.Write("inputs.npz", NumPy.Archive(CompressionLevel.Fastest, arrays));
    }
}
