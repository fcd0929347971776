using Quantizer.Reporting;
using Quantizer.Reporting.Details;

namespace Quantizer.Testing;

/// <summary>Details of a chain of convolutions with a shortcut around every second one; the same for the same depth.</summary>
internal sealed class RandomNetwork
{
    private static readonly string[] Methods = ["minmax", "percentile:99.999", "percentile:99.99", "entropy", "mse"];

    /// <summary>Of a deep network no more layers are measured.</summary>
    private const int MostCosts = 150;

    private readonly Random _random = new(1);
    private readonly int _layers;

    public RandomNetwork(int layers)
    {
        _layers = layers;
        Nodes = [.. Enumerable.Range(0, layers).Select(Node)];
        Tensors =
        [
            .. Enumerable
                .Range(0, layers)
                .Select(layer => new TensorReport(
                    Output(layer),
                    0,
                    6,
                    [0.0235f],
                    0,
                    "uint8",
                    Methods[layer % Methods.Length],
                    Decibels(40)
                )),
        ];
    }

    public IReadOnlyList<NodeReport> Nodes { get; }

    public IReadOnlyList<TensorReport> Tensors { get; }

    public ReportDetails Details(IReadOnlyList<ChangedSample> changed) =>
        new()
        {
            Network = [.. Enumerable.Range(0, _layers).Select(Link)],
            Errors = [.. Enumerable.Range(0, _layers).Select(Error)],
            Histograms = [.. Enumerable.Range(0, _layers).Select(Histogram)],
            Weights = [.. Enumerable.Range(0, _layers).Where(IsConvolution).Select(Weight)],
            Changed = changed,
            ChangedInAll = 2 * changed.Count,
            Confusions = [new ChangedAnswer("class 1", "class 2", 11), new ChangedAnswer("class 4", "class 0", 5)],
            Latency = new LatencyRuns([.. Runs(1.84)], [.. Runs(0.71)]),
            Costs = new OutputCosts(
                8,
                Nodes.Count(IsInteger),
                [
                    .. Nodes
                        .Where(IsInteger)
                        .Take(MostCosts)
                        .Select((node, i) => new LayerCost(node.Name, 36 + (i / 4.0), i < 8 ? 1 - (i / 4.0) : null)),
                ],
                Nodes.Count(IsInteger) > MostCosts ? "more would take longer than 600 billion multiply-accumulates" : "",
                31.2,
                38.1,
                32.5
            ),
        };

    private static bool IsInteger(NodeReport node) => node is { OpType: "Conv", Decision: NodeDecision.Int8 };

    private static bool IsConvolution(int layer) => layer % 3 != 2;

    private static string Name(int layer) => $"/backbone/layer{layer / 12}/block.{layer % 12}/{(IsConvolution(layer) ? "Conv" : "Add")}";

    private static string Output(int layer) => $"{Name(layer)}_output_0";

    private static NodeReport Node(int layer) =>
        (IsConvolution(layer), layer % 17) switch
        {
            (true, 5) => new(Name(layer), "Conv", NodeDecision.Float, "grouped convolutions do not gain in integers", "NchwcConv"),
            (true, 7) => new(Name(layer), "Conv", NodeDecision.Int8, "", "Conv"),
            (true, _) => new(Name(layer), "Conv", NodeDecision.Int8, "", "QLinearConv"),
            (false, _) => new(Name(layer), "Add", NodeDecision.Int8, "", layer % 2 == 0 ? "QLinearAdd" : null),
        };

    private static LinkedNode Link(int layer)
    {
        string before = layer == 0 ? "input" : Output(layer - 1);
        return IsConvolution(layer)
            ? new LinkedNode(Name(layer), [before], [Output(layer)], 1_000_000 + 9173L * (layer % 31))
            : new LinkedNode(Name(layer), [before, layer < 3 ? "input" : Output(layer - 3)], [Output(layer)], 0);
    }

    private double Decibels(double middle) => middle + 8 * (_random.NextDouble() - 0.5);

    private TensorError Error(int layer) =>
        new(
            Output(layer),
            Name(layer),
            Decibels(42 - 12d * layer / _layers),
            layer % 4 == 3 ? null : Decibels(45),
            layer % 5 == 4 ? null : Decibels(44)
        );

    private TensorHistogram Histogram(int layer)
    {
        float high = 4 + (float)_random.NextDouble() * 4;
        long[] bins =
        [
            .. Enumerable.Range(0, 256).Select(bin => (long)(200_000 * Math.Exp(-bin / (20 + layer % 30d)) * _random.NextDouble())),
        ];
        return new TensorHistogram(
            Output(layer),
            0,
            high,
            bins.Sum() * 2,
            bins.Sum(),
            bins,
            [.. Methods.Select((method, index) => new RangeThreshold(method, 0, high * (1 - index * 0.09f), Decibels(38)))],
            Methods[layer % Methods.Length],
            0,
            high * (1 - layer % Methods.Length * 0.09f),
            high / 255
        );
    }

    private WeightRange Weight(int layer)
    {
        int channels = 16 << layer % 6;
        float[] widths = [.. Enumerable.Range(0, channels).Select(_ => 0.02f + (float)Math.Pow(_random.NextDouble(), 3))];
        return new WeightRange(
            $"backbone.layer{layer / 12}.block.{layer % 12}.weight",
            Name(layer),
            0,
            [.. widths.Select(width => -width)],
            [.. widths.Select(width => width * 0.9f)]
        );
    }

    private IEnumerable<double> Runs(double least) =>
        Enumerable.Range(0, 200).Select(_ => least * (1 + 0.06 * Math.Pow(_random.NextDouble(), 4) * 4));
}
