using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Schemes;

namespace Quantizer.Placement.Contract;

/// <summary>
/// What a runtime's integer kernels want: number formats, a table of operator rules, patterns, and what keeps that runtime from
/// undoing them. Everything that is true of one runtime only lies in its own folder below Targets; the stages know no more of
/// it than this.
/// </summary>
internal abstract class Target
{
    private readonly Dictionary<string, OperatorRule> _rules;

    /// <param name="name">As on the command line.</param>
    /// <param name="runtime">What messages call the program that runs the model.</param>
    /// <exception cref="ArgumentException">Weights have no zero point anywhere in this program, so their scheme must be
    /// symmetric.</exception>
    protected Target(
        string name,
        string runtime,
        QuantizationScheme activations,
        QuantizationScheme weights,
        IReadOnlyList<OperatorRule> rules
    )
    {
        if (weights != QuantizationScheme.Int8Symmetric)
        {
            throw new ArgumentException(
                $"Target '{name}' wants weights as {weights}; only symmetric int8 weights are written.",
                nameof(weights)
            );
        }

        Name = name;
        Runtime = runtime;
        Activations = activations;
        Weights = weights;
        _rules = rules.ToDictionary(rule => rule.OpType);
    }

    public string Name { get; }

    public string Runtime { get; }

    /// <summary>The scheme of activations, and of constants that they are combined with.</summary>
    public QuantizationScheme Activations { get; }

    public QuantizationScheme Weights { get; }

    /// <summary>The scheme of a node's weights: <see cref="Weights"/>, perhaps with integers that must not stand side by side.</summary>
    /// <param name="input">The position of the weights among the node's inputs.</param>
    public virtual QuantizationScheme WeightsOf(NodeContext node, int input) => Weights;

    /// <summary>Groups of nodes that are placed as one thing.</summary>
    public virtual IReadOnlyList<PatternRule> Patterns => [];

    /// <summary>The constants of nodes in float that may be stored as integers.</summary>
    public virtual IReadOnlyList<StoredRule> StoredWeights => [];

    /// <summary>Operators outside of the standard set that may be written, each with what it gains over standard ones.</summary>
    public virtual IReadOnlyDictionary<string, string> OwnOperators => new Dictionary<string, string>();

    /// <summary>Whether it has an operator of its own that multiplies integers by a matrix and adds a bias in float, which is faster than
    /// an Add behind the product.</summary>
    public virtual bool AddsBiasInProduct => false;

    /// <summary>The rule of a standard operator; null when the target computes it in float only.</summary>
    public OperatorRule? RuleOf(Node node) => node.Domain.Length == 0 ? _rules.GetValueOrDefault(node.OpType) : null;

    /// <summary>
    /// Rewrites parts of a network that have no fast integer kernel into equal ones that have. Exact in FP32 but for the rounding
    /// of an average; the FP32 reference stays the model that comes in, which is given back where nothing changes.
    /// </summary>
    /// <param name="options">Tell which operators may be written, and whether any arithmetic is meant to be in integers.</param>
    public virtual NormalizedModel Lower(NormalizedModel model, PlacementOptions options) => model;

    /// <summary>True when a clamp (Relu, Clip) in front of a tensor of these parameters disappears into the kernel before it.</summary>
    public virtual bool Absorbs(QuantizationParameters parameters, ValueRange clamp) => false;

    /// <summary>What must be written beside QuantizeLinear and DequantizeLinear so that the runtime does what placement means.</summary>
    public virtual TargetEdits EditsFor(PlacedGraph placed) => TargetEdits.None;

    /// <summary>What really runs of a written model.</summary>
    /// <exception cref="QuantizationException">The runtime cannot open the model.</exception>
    public abstract RunningKernels KernelsOf(OnnxModel quantized);

    /// <summary>Measures what the runtime takes for the nodes of a model, float or quantized, with one thread of this processor.</summary>
    /// <param name="weightsOf">The tensor of a node's integer weights; null: it has none.</param>
    /// <param name="inputs">One sample.</param>
    /// <returns>Null where the runtime is not one that this processor has.</returns>
    /// <exception cref="QuantizationException">The runtime cannot open the model, or run it on the sample.</exception>
    public virtual NodeTimes? TimesOf(
        OnnxModel model,
        Func<Node, string?> weightsOf,
        IReadOnlyDictionary<string, TensorValue> inputs,
        CancellationToken cancellation
    ) => null;
}
