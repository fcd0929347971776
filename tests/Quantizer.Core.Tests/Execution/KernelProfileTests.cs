using System.Text;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Execution;

public sealed class KernelProfileTests
{
    /// <summary>The name that ONNX Runtime gives profiles for which it was told none.</summary>
    private const string Profiles = "onnxruntime_profile_*";

    [Fact]
    public void Each_node_has_the_median_of_its_runs()
    {
        const string Profile = """
            [
              {"cat": "Session", "name": "model_run", "dur": 900, "args": {}},
              {"cat": "Node", "name": "c_kernel_time", "dur": 100, "args": {"op_name": "Conv", "node_index": "1"}},
              {"cat": "Node", "name": "c_kernel_time", "dur": 9000, "args": {"op_name": "Conv", "node_index": "1"}},
              {"cat": "Node", "name": "c_kernel_time", "dur": 200, "args": {"op_name": "Conv", "node_index": "1"}},
              {"cat": "Node", "name": "c_fence_before", "dur": 5, "args": {"op_name": "Conv"}},
              {"cat": "Node", "name": "c_kernel_time", "dur": 40, "args": {"op_name": "Relu", "node_index": "2"}}
            ]
            """;

        Assert.Equal([new("c", "Conv", 0.2), new("c", "Relu", 0.04)], KernelProfile.Read(Encoding.UTF8.GetBytes(Profile)));
    }

    [Fact]
    public void Nothing_is_left_where_the_program_was_called()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("model.onnx");
        OnnxFile.Write(new GraphBuilder().Input("x", [1, 4]).Node("Relu", ["x"], ["y"]).Output("y").Build(), path);
        string[] before = Directory.GetFiles(Environment.CurrentDirectory, Profiles);

        IReadOnlyList<TimedKernel> kernels = KernelProfile.Measure(
            path,
            threads: 1,
            new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, 4], [1, 2, 3, 4]) },
            CancellationToken.None
        );

        Assert.Equal("Relu", Assert.Single(kernels).Operator);
        Assert.Empty(Directory.GetFiles(Environment.CurrentDirectory, Profiles).Except(before));
    }
}
