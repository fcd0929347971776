namespace Quantizer.Graphs;

/// <summary>A model as the file holds it. Owns the map of the file that its tensors may lie in: dispose it last.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly IDisposable? _storage;

    public OnnxModel(Graph graph, IDisposable? storage = null)
    {
        Graph = graph;
        _storage = storage;
    }

    public long IrVersion { get; set; }

    public List<OperatorSet> OperatorSets { get; init; } = [];

    public string ProducerName { get; set; } = "";

    public string ProducerVersion { get; set; } = "";

    public string Domain { get; set; } = "";

    public long ModelVersion { get; set; }

    public string DocString { get; set; } = "";

    public Graph Graph { get; }

    public List<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>Model-local functions, training information, device configurations and unknown fields.</summary>
    public PreservedFields Preserved { get; set; }

    /// <summary>The files that the model was read from, its own first, then those of its external data; none for a model that was made
    /// or parsed in memory.</summary>
    public IReadOnlyList<string> Files { get; internal set; } = [];

    /// <summary>The version of the standard operator set; 0 when the model imports none.</summary>
    public long Opset => OperatorSets.Find(set => set.Domain.Length == 0)?.Version ?? 0;

    public void Dispose() => _storage?.Dispose();
}
