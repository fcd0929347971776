using Quantizer.Graphs;
using Quantizer.Work;

namespace Quantizer.Core.Tests.Work;

public class WorkTableTests
{
    [Fact]
    public void A_convolution_sums_its_weights_of_one_filter_for_every_output()
    {
        Assert.Equal(8 * 5 * 5 * (3 * 3 * 3), Of("Conv", "x 1,3,7,7", "w 8,3,3,3", "-> y 1,8,5,5"));
        Assert.Equal(8 * 5 * 5 * (1 * 3 * 3), Of("Conv", "x 1,8,7,7", "w 8,1,3,3", "-> y 1,8,5,5"));
        Assert.Equal(2 * 8 * 9 * (4 * 3), Of("com.microsoft.FusedConv", "x 2,4,9", "w 8,4,3", "-> y 2,8,9"));
        Assert.Equal(8 * 5 * 5 * (3 * 3 * 3), Of("QLinearConv", "x 1,3,7,7", "s", "z", "w 8,3,3,3", "-> y 1,8,5,5"));
    }

    [Fact]
    public void A_transposed_convolution_spreads_every_input()
    {
        Assert.Equal(16 * 4 * 4 * (8 * 2 * 2), Of("ConvTranspose", "x 1,16,4,4", "w 16,8,2,2", "-> y 1,8,8,8"));
    }

    [Fact]
    public void A_product_sums_over_the_shared_axis_whatever_is_constant()
    {
        Assert.Equal(10 * 64 * 32, Of("MatMul", "x 10,32", "w 32,64", "-> y 10,64"));
        Assert.Equal(2 * 12 * 128 * 128 * 64, Of("MatMul", "q 2,12,128,64", "k 2,12,64,128", "-> y 2,12,128,128"));
        Assert.Equal(7 * 64 * 32, Of("MatMul", "x 7,32", "w 1,32,64", "-> y 1,7,64"));
        Assert.Equal(64 * 32, Of("MatMul", "x 32", "w 32,64", "-> y 64"));
        Assert.Equal(10 * 64 * 32, Of("Gemm", "x 10,32", "w 32,64", "-> y 10,64"));
        Assert.Equal(10 * 64 * 32, Of("Gemm transA", "x 32,10", "w 32,64", "-> y 10,64"));
        Assert.Equal(10 * 64 * 32, Of("com.microsoft.FusedGemm", "x 10,32", "w 32,64", "-> y 10,64"));
        Assert.Equal(3 * 10 * 64 * 32, Of("com.microsoft.FusedMatMul transA", "x 3,32,10", "w 3,32,64", "-> y 3,10,64"));
        Assert.Null(Of("com.microsoft.FusedMatMul transBatchA", "x 3,32,10", "w 3,32,64", "-> y 3,10,64"));
        Assert.Equal(5 * 64 * 32, Of("MatMulInteger", "x 5,32", "w 32,64", "-> y 5,64"));
    }

    [Fact]
    public void A_recurrent_layer_multiplies_input_and_state_at_every_step()
    {
        Assert.Equal(20 * 2 * (2 * 4 * 16 * (8 + 16)), Of("LSTM", "x 20,2,8", "w 2,64,8", "r 2,64,16", "-> y 20,2,2,16"));
        Assert.Equal(20 * (3 * 16 * (8 + 16)), Of("GRU", "x 20,1,8", "w 1,48,8", "r 1,48,16", "-> y 20,1,1,16"));
        Assert.Equal(20 * (16 * (8 + 16)), Of("RNN", "x 20,1,8", "w 1,16,8", "r 1,16,16", "-> y 20,1,1,16"));
    }

    [Theory]
    [InlineData("bij,bjk->bik", "a 2,3,4", "b 2,4,5", 2 * 3 * 4 * 5)]
    [InlineData("...ij, ...jk -> ...ik", "a 2,3,4", "b 2,4,5", 2 * 3 * 4 * 5)]
    [InlineData("ij,kj->ik", "a 3,4", "b 5,4", 3 * 4 * 5)]
    [InlineData("...i,i", "a 6,3", "b 3", 6 * 3)]
    [InlineData("bij,jk->bik", "a 2,3,4", "b 1,5", 2 * 3 * 4 * 5)]
    public void An_Einsum_multiplies_for_every_combination_of_its_indices(string equation, string first, string second, long expected)
    {
        Assert.Equal(expected, Of($"Einsum {equation}", first, second, "-> y 1"));
    }

    [Fact]
    public void An_Einsum_of_one_operand_multiplies_nothing_and_one_that_does_not_fit_is_unknown()
    {
        Assert.Equal(0, Of("Einsum ij->ji", "a 3,4", "-> y 4,3"));
        Assert.Null(Of("Einsum ij,jk->ik", "a 2,3,4", "b 4,5", "-> y 3,5"));
    }

    [Fact]
    public void Attention_multiplies_queries_by_keys_and_their_weights_by_values()
    {
        const long perHead = 6 * 9 * (16 + 8);
        Assert.Equal(2 * 4 * perHead, Of("Attention", "q 2,4,6,16", "k 2,4,9,16", "v 2,4,9,8", "-> y 2,4,6,8"));
        Assert.Equal(2 * 4 * perHead, Of("Attention q_num_heads=4 kv_num_heads=2", "q 2,6,64", "k 2,9,32", "v 2,9,16", "-> y 2,6,32"));
        Assert.Equal((2 * 6 * 32 * 96) + (2 * (2 * 6 * 6 * 32)), Of("com.microsoft.Attention", "x 2,6,32", "w 32,96", "-> y 2,6,32"));
        Assert.Equal(2 * 6 * 9 * (64 + 32), Of("com.microsoft.MultiHeadAttention", "q 2,6,64", "k 2,9,64", "v 2,9,32", "-> y 2,6,32"));
        Assert.Null(Of("com.microsoft.MultiHeadAttention", "q 2,6,3,64", "-> y 2,6,32"));
    }

    [Fact]
    public void Keys_of_earlier_runs_count()
    {
        string[] standard = ["q 2,4,1,16", "k 2,4,1,16", "v 2,4,1,8", "mask 1,10", "past 2,4,9,16", "pastv 2,4,9,8", "-> y 2,4,1,8"];
        Assert.Equal(2 * 4 * 10 * (16 + 8), Of("Attention", standard));
        standard[4] = "past";
        Assert.Null(Of("Attention", standard));
        const string grouped = "com.microsoft.GroupQueryAttention num_heads=4 kv_num_heads=2";
        Assert.Equal(2 * 3 * 10 * 2 * 64, Of(grouped, "q 2,3,64", "k 2,3,32", "v 2,3,32", "-> y 2,3,64", "keys 2,2,10,16"));
        Assert.Equal(2 * 3 * 10 * 2 * 64, Of(grouped, "qkv 2,3,128", "-> y 2,3,64", "keys 2,2,10,16"));
        Assert.Null(Of(grouped, "q 2,3,64", "k 2,3,32", "v 2,3,32", "-> y 2,3,64"));
        Assert.Null(Of("com.microsoft.GroupQueryAttention", "q 2,3,64", "k 2,3,32", "v 2,3,32", "-> y 2,3,64", "keys 2,2,10,16"));
    }

    [Fact]
    public void Unknown_sizes_and_unknown_operators_are_not_zero()
    {
        Assert.Null(Of("Conv", "x 1,3,7,7", "w 8,3,3,3", "-> y"));
        Assert.Null(Of("MatMul", "x", "w 8,3", "-> y 1,3"));
        Assert.Null(Of("STFT", "x 1,100", "-> y 1,2"));
        Assert.Null(Of("my.domain.Anything", "x 1", "-> y 1"));
        Assert.Null(Of("com.microsoft.Anything", "x 1", "-> y 1"));
    }

    [Theory]
    [InlineData("Add")]
    [InlineData("Softmax")]
    [InlineData("MaxPool")]
    [InlineData("com.microsoft.SkipLayerNormalization")]
    [InlineData("com.microsoft.BiasGelu")]
    public void Single_values_and_sums_are_no_multiply_accumulates_even_of_unknown_size(string operatorType) =>
        Assert.Equal(0, Of(operatorType, "x", "-> y"));

    [Fact]
    public void The_nodes_of_a_body_count_and_not_the_one_that_runs_it()
    {
        Graph body = new GraphBuilder().Node("MatMul", ["x", "x"], ["m"]).Node("Add", ["m", "x"], ["z"]).Output("z").BuildGraph();
        Graph graph = new GraphBuilder().Node("If", ["c"], ["y"], NodeAttribute.Of("then_branch", body)).BuildGraph();

        WorkCount work = WorkCount.Of(graph, _ => null);

        Assert.Equal(["MatMul_m"], work.Unknown);
        Assert.Equal([0, null, 0], new[] { work["If_y"], work["MatMul_m"], work["Add_z"] });
    }

    /// <param name="call">Domain, type and what else: an equation, "transA", "q_num_heads=4".</param>
    /// <param name="tensors">"name sizes", without sizes where they are unknown; outputs behind an arrow.</param>
    private static long? Of(string call, params string[] tensors)
    {
        string[] words = call.Split(' ', 2),
            full = [words[0][..Math.Max(0, words[0].LastIndexOf('.'))], words[0][(words[0].LastIndexOf('.') + 1)..]];
        string[][] parts = [.. tensors.Select(tensor => tensor.Replace("-> ", "").Split(' '))];
        Dictionary<string, IReadOnlyList<long>> shapes = parts
            .Where(part => part.Length > 1)
            .ToDictionary(part => part[0], part => (IReadOnlyList<long>)[.. part[1].Split(',').Select(long.Parse)]);
        string[] names = [.. parts.Select(part => part[0])];
        int first = Array.FindIndex(tensors, tensor => tensor.StartsWith("-> ", StringComparison.Ordinal));
        Node node = new(full[1], names[..first], names[first..], "node", full[0]);
        foreach (string word in words.Skip(1).SelectMany(rest => full[1] == "Einsum" ? [rest] : rest.Split(' ')))
        {
            if (full[1] == "Einsum")
                node.Set(NodeAttribute.Of("equation", word));
            else if (word.Split('=') is [var name, var value])
                node.Set(NodeAttribute.Of(name, long.Parse(value)));
            else
                node.Set(NodeAttribute.Of(word, 1L));
        }
        return WorkTable.Of(node, shapes.GetValueOrDefault);
    }
}
