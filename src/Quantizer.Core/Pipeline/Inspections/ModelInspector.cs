using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Files;
using Quantizer.Pipeline.Reports;
using Quantizer.Placement;
using Quantizer.Reporting;
using Quantizer.Reporting.Inspections;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Pipeline.Inspections;

/// <summary>Looks at a model without quantizing it.</summary>
internal sealed class ModelInspector
{
    private readonly InspectOptions _options;
    private readonly OnnxModel _model;
    private readonly InferenceModel _session;

    /// <summary>Null: no shapes were given, and only what is declared is known.</summary>
    private readonly IReadOnlyDictionary<string, TensorValue>? _sample;

    private ModelInspector(InspectOptions options, OnnxModel model, InferenceModel session)
    {
        (_options, _model, _session) = (options, model, session);
        _sample = options.Shapes.Count > 0 ? BenchInputs.Zeros(session, options.ModelPath, options.Shapes, orElse: "") : null;
    }

    public static ModelInspection Inspect(InspectOptions options, CancellationToken cancellation = default)
    {
        using OnnxModel model = OnnxFile.Read(options.ModelPath);
        new RunOutputs(RunInputs.Of(options, model)).ClaimReports(options.ReportPaths);
        return Inspect(options, model, cancellation);
    }

    /// <param name="model">That was read from the file.</param>
    public static ModelInspection Inspect(InspectOptions options, OnnxModel model, CancellationToken cancellation)
    {
        using InferenceModel session = SourceModel.OpenSession(
            options.ModelPath,
            model,
            new ExecutionOptions { Level = OptimizationLevel.Basic, DisablePrepacking = true }
        );
        return new ModelInspector(options, model, session).Inspect(cancellation);
    }

    private ModelInspection Inspect(CancellationToken cancellation)
    {
        IReadOnlyList<KeyValuePair<string, int>> quantized = QuantizedOperators.CountsIn(_model);
        (WorkCount work, IReadOnlyList<NodePlacement> placements, Dictionary<string, long> operators) = FormsOfFile();
        string? forms = FileForms.Describe(placements);
        return quantized.Count > 0 || forms is not null
            ? Described(work, operators) with
            {
                IsQuantized = true,
                Nodes = [.. placements.Select(node => ReportParts.Node(node, kernel: null))],
                Costs = [.. placements.Select(node => new NodeCost(node.Node, work[node.Node], null, null))],
                Findings = [QuantizedAlready(quantized, forms)],
            }
            : Unquantized(operators, cancellation);
    }

    private ModelInspection Unquantized(Dictionary<string, long> operators, CancellationToken cancellation)
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(_model);
        PlacedModel placed = Placer.Place(normalized, _options.Target.Target);
        IReadOnlyList<NodePlacement> nodes = placed.Sites.Nodes;
        WorkCount work = WorkCount.Of(placed.Lowered.Model, placed.Lowered.SampleTensors, _sample, isReal: false);
        long integers = nodes.Where(node => node.IsInteger).Sum(node => work[node.Node] ?? 0);
        ExpectedFile? expected = ExpectedFile.Of(placed);
        return Described(work, operators) with
        {
            PercentPlaced = work.IsComplete ? ShareOf(integers, work.AtLeast) : null,
            Nodes = [.. nodes.Select(node => ReportParts.Node(node, kernel: null))],
            Costs = PlacedCosts.Of(placed, work),
            Expected = expected?.Describe(_model),
            Activations = ActivationsOf(normalized),
            Latency = _options.MeasureTime is { } time ? Latency(normalized, expected, time, cancellation) : null,
            Findings = [.. UnsoundWeights.In(normalized.Graph)],
        };
    }

    private ModelInspection Described(WorkCount work, Dictionary<string, long> operators) =>
        new(
            _options.ModelPath,
            ReportParts.BytesOf(_model),
            string.Join(' ', new[] { _model.ProducerName, _model.ProducerVersion }.Where(part => part.Length > 0)),
            _model.IrVersion,
            _model.Opset,
            ReportParts.Parameters(_model),
            _session.Inputs,
            _session.Outputs,
            [
                .. _model
                    .Graph.Nodes.CountBy(node => node.OpType)
                    .OrderByDescending(count => count.Value)
                    .ThenBy(count => count.Key, StringComparer.Ordinal),
            ],
            IsQuantized: false,
            work.IsComplete ? work.AtLeast : null,
            work.AtLeast,
            PercentPlaced: null,
            Nodes: [],
            Findings: []
        )
        {
            Target = _options.Target.Name,
            Shapes = _options.Shapes,
            OperatorMacs = operators,
        };

    private ActivationPeak ActivationsOf(NormalizedModel model)
    {
        Func<string, IReadOnlyList<long>?> shapeOf = SampleShapes.Of(model.Model, model.SampleTensors, _sample, asks: _ => true);
        ActivationMemory memory = ActivationMemory.Of(model.Graph, BytesOf);
        return new ActivationPeak(memory.PeakBytes, memory.Node, memory.PeakBytes is null ? Unknown(model.Graph, memory.Unknown) : "");

        long? BytesOf(string tensor) =>
            shapeOf(tensor) is { } shape && model.SampleTensors.TryGetValue(tensor, out TensorSignature? signature)
                ? ElementSizes.BitsOf(signature.Type) == 0
                    ? null
                    : ElementSizes.BytesOf(signature.Type, NodeShapes.Product(shape))
                : null;
    }

    private string Unknown(Graph graph, string culprit)
    {
        if (graph.Nodes.Exists(node => node.Name == culprit && node.Subgraphs.Any()))
            return $"Node '{culprit}' has a body of its own, whose tensors are not counted.";
        string questions = _sample is null ? BenchInputs.Questions(FixedBatch.SampleInputs(_session), orElse: "") : "";
        return questions.Length > 0 ? questions : $"What '{culprit}' takes depends on values.";
    }

    private LatencyReport? Latency(NormalizedModel normalized, ExpectedFile? expected, TimeSpan time, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, TensorValue> inputs =
            _sample ?? BenchInputs.Zeros(_session, _options.ModelPath, _options.Shapes, orElse: "");
        if (expected is null)
            return null;
        Func<InferenceModel>[] openings =
        [
            () => SourceModel.OpenSession(_options.ModelPath, _model),
            () => InferenceModel.Load(normalized.Model),
            () => InferenceModel.Load(expected.Model),
        ];
        IReadOnlyList<LatencyResult> latency = LatencyMeasurement.MeasureOpened(openings, inputs, time, cancellation);
        return ReportParts.Latency(ReportParts.Reference(latency), latency[2]);
    }

    private static double ShareOf(long part, long whole) => whole == 0 ? 0 : 100.0 * part / whole;

    private Finding QuantizedAlready(IReadOnlyList<KeyValuePair<string, int>> operators, string? forms)
    {
        string held = operators.Count == 0 ? "integer weights" : QuantizedOperators.Describe(operators);
        return FindingKind.QuantizedAlready.Of(
            _options.ModelPath,
            $"The model is quantized already: it holds {held}.{(forms is null ? "" : " " + forms)}",
            "Give the FP32 model to quantize it anew."
        );
    }

    private (WorkCount Work, IReadOnlyList<NodePlacement> Nodes, Dictionary<string, long> Operators) FormsOfFile()
    {
        OnnxModel named = NamedNodes.In(_model);
        IReadOnlyDictionary<string, TensorSignature> tensors = TensorShapes.OfBatch(named);
        WorkCount work = WorkCount.Of(named, tensors, _sample, isReal: false);
        Dictionary<string, long> operators = named
            .Graph.EveryNode.GroupBy(node => node.OpType)
            .Select(type => (type.Key, Macs: type.Sum(node => work[node.Name] ?? 0)))
            .Where(type => type.Macs > 0)
            .OrderByDescending(type => type.Macs)
            .ToDictionary(type => type.Key, type => type.Macs);
        return (work, QuantizedFile.PlacementsOf(named, tensors, work), operators);
    }
}
