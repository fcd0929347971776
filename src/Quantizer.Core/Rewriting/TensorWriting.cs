using Quantizer.Graphs;
using Quantizer.Placement.Contract.Edits;
using Quantizer.Schemes;

namespace Quantizer.Rewriting;

/// <summary>The writing of one quantized tensor.</summary>
/// <param name="integerNodes">Names of the nodes that run on integers.</param>
/// <param name="scale">The name of the constant that holds the tensor's scale.</param>
internal sealed class TensorWriting(
    Graph graph,
    NameSource names,
    ReaderRedirection readers,
    HashSet<string> integerNodes,
    string tensor,
    QuantizationParameters parameters,
    string scale,
    string zeroPoint
) : ITensorWriting
{
    public QuantizationParameters Parameters => parameters;

    public string NewName(string wish) => names.New(wish);

    public void Add(Tensor constant) => graph.Initializers.Add(constant);

    public Tensor ZeroPoints(string name, int? count = null) => IntegerTensors.ZeroPoints(name, parameters, count);

    public Node Quantize(string name, string from, string to) =>
        new("QuantizeLinear", [from, scale, zeroPoint], [to], names.New($"{name}_QuantizeLinear"));

    public Node Dequantize(string name, string from, string to) =>
        new("DequantizeLinear", [from, scale, zeroPoint], [to], names.New($"{name}_DequantizeLinear"));

    public void RedirectIntegerReaders(string to) => Redirect(to, integerReadersOnly: true);

    /// <returns>Whether there was a reader.</returns>
    public bool Redirect(string to, bool integerReadersOnly) =>
        readers.RedirectAll(tensor, to, node => !integerReadersOnly || integerNodes.Contains(node.Name));
}
