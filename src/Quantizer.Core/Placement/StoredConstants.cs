using Quantizer.Graphs;
using Quantizer.Placement.Contract;
using Quantizer.Placement.Sites;
using Quantizer.Schemes;

namespace Quantizer.Placement;

/// <summary>The constants of nodes in float that the file holds as integers.</summary>
/// <param name="Readers">The nodes in float that read them.</param>
/// <param name="BlockReaders">Those of them whose constants are in blocks of 4 bits.</param>
internal sealed record StoredConstants(IReadOnlyList<StoredSite> Sites, IReadOnlySet<Node> Readers, IReadOnlySet<Node> BlockReaders)
{
    /// <summary>Where storing is what the user asked for: smaller constants cost more in names and nodes than they save.</summary>
    private const long LeastBytes = 1 << 10;

    /// <summary>Where speed is what integers are for: a stem or a small head is not worth any loss of accuracy, unless such layers are
    /// much of the network (<see cref="HasManySmallLayers"/>).</summary>
    private const long LeastNotableBytes = 1 << 16;

    /// <summary>Of the bytes of all weights: four times as much of a file whose other weights are integers, a quarter.</summary>
    private const double MuchOfAll = 1.0 / 13;

    /// <summary>Rows that are looked up as integers take three more nodes in each run, a microsecond or two. A smaller table than this is
    /// turned back as a whole when the file is loaded, which costs no memory that anybody notices: eight tables of a recommender made it
    /// 1.5 times slower than in FP32.</summary>
    private const long LeastLookedUpBytes = 1 << 22;

    /// <summary>Numbers that share a scale: with fewer, scales would take more than a quarter of what is left.</summary>
    private const long LeastPerScale = 16;

    /// <summary>Of the bytes of all constants: what an operand must have to be worth a loss of accuracy.</summary>
    private const double NotableOfAll = 1.0 / 16;

    private static readonly HashSet<string> Recurrent = ["LSTM", "GRU", "RNN"];

    /// <summary>A trip count and a condition; what follows is carried from one repetition to the next.</summary>
    private const int LoopInputsBeforeState = 2;

    /// <param name="tableScheme">Of a table whose rows are looked up.</param>
    public static StoredConstants Find(
        Graph graph,
        GraphIndex index,
        Target target,
        FormDecisions decisions,
        PlacementOptions options,
        Func<Tensor, QuantizationScheme> tableScheme
    )
    {
        bool isWish = options.Activations is ActivationMode.Dynamic or ActivationMode.None;
        ILookup<string, StoredRule> rules = target.StoredWeights.ToLookup(rule => rule.OpType);
        // Bodies read the constants of the graphs around them.
        ILookup<string, Node> readersOf = graph
            .EveryNode.SelectMany(node => node.Inputs.Distinct().Select(input => (Input: input, Node: node)))
            .ToLookup(read => read.Input, read => read.Node);
        bool takesSmall = isWish || HasManySmallLayers(graph, readersOf, target, decisions, options);
        long bytesOfAll = graph.Initializers.Where(constant => constant.Type == ElementType.Float).Sum(BytesOf);
        HashSet<string> leadsToLayers = LeadsToLayers(graph, target);
        bool repeats = graph.EveryNode.Any(ComputesOnItsResults);
        List<StoredSite> sites = [];
        bool wantsBlocks = options is { Activations: ActivationMode.None, Storage: WeightStorage.Int4 };
        HashSet<Node> all = [],
            inBlocks = [];
        foreach (Tensor constant in graph.Initializers)
        {
            if (index.ConstantOf(constant.Name) is null || index.IsOutput(constant.Name))
                continue;
            // Nodes on integers read a copy of their own.
            Node[] readers = [.. readersOf[constant.Name].Where(reader => decisions.FormOf(reader) == NodeForm.Float)];
            bool isInBody = readers.Any(reader => decisions.BodyOf(reader) is not null);
            // What is repeated adds up, and nothing gets faster: only where it was asked for.
            if (!isWish && isInBody && repeats)
                continue;
            if (!IsWorthwhile(constant, takesSmall || readers.Any(decisions.IsStored) ? LeastBytes : LeastNotableBytes))
                continue;
            (Node Reader, StoredRule Rule, int Axis)[] uses =
            [
                .. readers.SelectMany(reader => UsesOf(constant, reader).Select(use => (reader, use.Rule, use.Axis))),
            ];
            if (uses.Length == 0 || readers.Any(decisions.IsKept))
                continue;
            bool isTable =
                index.ReadersOf(constant.Name).All(reader => !reader.Subgraphs.Any())
                && readers.All(reader => uses.Any(use => use.Reader == reader && use.Rule.LooksUpRows));
            // What multiplies has more need of scales along its own axis than what looks up.
            (_, StoredRule rule, int wanted) = uses.OrderBy(use => use.Rule.LooksUpRows).First();
            if ((rule.NeedsAxis ? wanted : AxisOf(constant, wanted)) is not { } axis)
                continue;
            QuantizationScheme scheme = isTable ? tableScheme(constant) : target.Weights;
            bool isLookedUp = isTable && BytesOf(constant) >= LeastLookedUpBytes;
            StoredSite site = new(constant.Name, axis, scheme, isLookedUp ? [.. readers.Select(reader => reader.Name)] : [])
            {
                Blocks = wantsBlocks && !readers.Any(decisions.IsStored) ? BlocksOf(constant, readers, uses) : null,
            };
            sites.Add(site);
            all.UnionWith(uses.Select(use => use.Reader));
            if (site.Blocks is not null)
                inBlocks.UnionWith(readers);
        }
        return new StoredConstants(sites, all, inBlocks);

        // All that read a constant must be able to read it in the same blocks.
        Blocks? BlocksOf(Tensor constant, Node[] readers, (Node Reader, StoredRule Rule, int Axis)[] uses) =>
            uses.Length == readers.Length
            && index.ReadersOf(constant.Name).Count == readers.Length
            && !readers.Any(reader => decisions.BodyOf(reader) is not null)
            && uses.Select(use => use.Rule.Blocks(decisions.ContextOf(use.Reader))).Distinct().ToArray() is [{ } blocks]
            && constant.Dimensions[blocks.Axis] % Blocks.Size == 0
                ? blocks
                : null;

        IEnumerable<(StoredRule Rule, int Axis)> UsesOf(Tensor constant, Node reader) =>
            reader.Domain.Length > 0 || (decisions.BodyOf(reader) is { } body && Spectrum.IsMadeBy(reader, body))
                ? []
                : rules[reader.OpType].SelectMany(rule => UseOf(constant, reader, rule));

        // A damaged model may have fewer axes than its operator wants.
        IEnumerable<(StoredRule, int)> UseOf(Tensor constant, Node reader, StoredRule rule) =>
            rule.Input < reader.Inputs.Count
            && reader.Inputs[rule.Input] == constant.Name
            && rule.Axis(decisions.ContextOf(reader)) is { } axis
            && axis < constant.Dimensions.Count
            && (!rule.IsOperand || (reader.Outputs.Any(leadsToLayers.Contains) && BytesOf(constant) >= NotableOfAll * bytesOfAll))
                ? [(rule, axis)]
                : [];
    }

    /// <summary>The tensors of the main graph that some layer's input is made of.</summary>
    private static HashSet<string> LeadsToLayers(Graph graph, Target target)
    {
        HashSet<string> leading = [];
        foreach (Node node in Enumerable.Reverse(graph.Nodes))
        {
            if (target.RuleOf(node)?.Role == OperatorRole.Weighted || node.Outputs.Any(leading.Contains))
                leading.UnionWith(node.Inputs);
        }
        return leading;
    }

    /// <summary>The axis wanted, or the longest along which scales are worth their room; null where there is none.</summary>
    private static int? AxisOf(Tensor constant, int wanted)
    {
        if (IsWorth(wanted))
            return wanted;
        int[] others = [.. Enumerable.Range(0, constant.Dimensions.Count).Where(IsWorth)];
        return others.Length == 0 ? null : others.MaxBy(axis => constant.Dimensions[axis]);

        bool IsWorth(int axis) => constant.ElementCount >= LeastPerScale * constant.Dimensions[axis];
    }

    /// <summary>Not so a Loop that only collects what each repetition gives, as exporters write sums over bags of embeddings.</summary>
    private static bool ComputesOnItsResults(Node node) =>
        node.OpType switch
        {
            "Loop" => node.Inputs.Count > LoopInputsBeforeState,
            "Scan" => node.Inputs.Count > node.IntAttribute("num_scan_inputs", 0),
            _ => Recurrent.Contains(node.OpType),
        };

    /// <summary>True where much of the weights lies in layers that stay in float and are no larger than a stem or a head elsewhere: left
    /// as they are, they would be a quarter of the file and more. Layers that are given back to float one after the other, or all but one
    /// on trial, do not count: with them the stem would be stored, whose error is then taken for theirs.</summary>
    private static bool HasManySmallLayers(
        Graph graph,
        ILookup<string, Node> readersOf,
        Target target,
        FormDecisions decisions,
        PlacementOptions options
    )
    {
        HashSet<string> operators = [.. target.StoredWeights.Select(rule => rule.OpType)];
        long small = 0,
            all = 0;
        foreach (Tensor constant in graph.Initializers.Where(constant => constant.Type == ElementType.Float))
        {
            long bytes = BytesOf(constant);
            if (bytes < LeastBytes)
                continue;
            all += bytes;
            if (bytes < LeastNotableBytes && readersOf[constant.Name].Any(IsInFloat))
                small += bytes;
        }
        return small > MuchOfAll * all;

        bool IsInFloat(Node reader) =>
            operators.Contains(reader.OpType)
            && decisions.FormOf(reader) == NodeForm.Float
            && !options.Float.ContainsKey(reader.Name)
            && !options.Stored.ContainsKey(reader.Name);
    }

    private static bool IsWorthwhile(Tensor constant, long least) =>
        constant.Type == ElementType.Float && BytesOf(constant) >= least && UnsoundConstants.FaultOf(constant) is null;

    private static long BytesOf(Tensor constant) => constant.ElementCount * sizeof(float);
}
