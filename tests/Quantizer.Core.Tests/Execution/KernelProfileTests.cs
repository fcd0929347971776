using System.Text;
using Quantizer.Execution;

namespace Quantizer.Core.Tests.Execution;

public sealed class KernelProfileTests
{
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

        Assert.Equal([("Conv", 0.2), ("Relu", 0.04)], KernelProfile.Read(Encoding.UTF8.GetBytes(Profile)));
    }
}
