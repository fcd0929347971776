using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>What each input of a model gets: a constant, state, data, or what stands in for data that need not be given.</summary>
internal sealed class InputBinding
{
    private readonly IReadOnlyList<TensorSignature> _inputs;
    private readonly IReadOnlyList<TensorSignature> _outputs;
    private readonly InputOptions _options;
    private readonly Dictionary<string, TensorValue> _fixed = [];
    private readonly Dictionary<string, (string Like, Func<ElementType, IReadOnlyList<long>, TensorValue> Fill)> _standIns = [];
    private readonly List<string> _notes = [];

    /// <param name="inputs">The model's.</param>
    /// <param name="outputs">The model's.</param>
    /// <exception cref="UsageException">The options name inputs or outputs that the model does not have, or give an input values that
    /// do not fit it.</exception>
    /// <exception cref="QuantizationException">An input takes strings.</exception>
    public InputBinding(IReadOnlyList<TensorSignature> inputs, IReadOnlyList<TensorSignature> outputs, InputOptions options)
    {
        TextInputs.Refuse(inputs);
        _inputs = inputs;
        _outputs = outputs;
        _options = options;
        foreach ((string name, IReadOnlyList<double> values) in options.Constants)
            _fixed[name] = ConstantInput.Of(Named(name, inputs, "input", "--input"), values);
        foreach ((string name, string output) in options.Feedback)
        {
            TensorSignature input = Named(name, inputs, "input", "--feedback");
            Named(output, outputs, "output", "--feedback");
            if (!_fixed.TryAdd(name, ConstantInput.Zeros(input)))
                throw new UsageException($"Input '{name}' is given with both --input and --feedback. Keep one of them.");
        }
        if (options.Mask is { } mask)
            Named(mask, inputs, "input", "--mask");
        Request = new DataRequest([.. inputs.Where(input => !_fixed.ContainsKey(input.Name))], options);
    }

    /// <summary>What data must give, and may give.</summary>
    public DataRequest Request { get; }

    /// <summary>What a path must give that is for one input.</summary>
    /// <exception cref="UsageException">The input has a constant already, or state.</exception>
    public DataRequest RequestFor(string input) =>
        _fixed.ContainsKey(input)
            ? throw new UsageException($"Input '{input}' is given both data and --input or --feedback. Keep one of them.")
            : Request with
            {
                Inputs = [Request[input]],
            };

    /// <summary>State is carried from sample to sample, so that their order counts.</summary>
    public bool IsSequence => _options.Feedback.Count > 0;

    /// <summary>Tensors that are the same for every sample.</summary>
    public IReadOnlyDictionary<string, TensorValue> Fixed => _fixed;

    /// <summary>What stands in for inputs that the data do not give.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Finds what stands in for the inputs that the data leave out.</summary>
    /// <exception cref="QuantizationException">An input remains without anything.</exception>
    public void Complete(IRecordSource source) => Complete(source.Path, source.Inputs, source.Unused);

    /// <param name="path">What messages call the data.</param>
    /// <param name="given">The inputs that they feed.</param>
    /// <param name="unused">What they hold beside that.</param>
    /// <exception cref="QuantizationException">An input remains without anything.</exception>
    public void Complete(string path, IReadOnlyList<string> given, IReadOnlyList<string> unused)
    {
        List<TensorSignature> missing = [];
        foreach (TensorSignature input in Request.Inputs.Where(input => !given.Contains(input.Name)))
        {
            if (!TryStandIn(input, given))
                missing.Add(input);
        }
        if (missing.Count == 0)
        {
            if (unused.Count > 0)
                _notes.Add($"'{path}' holds what no input without a default is fed from: {string.Join(", ", unused)} is not used.");
            return;
        }
        string[] found = [.. given.Select(name => $"'{name}'"), .. unused];
        throw new QuantizationException(
            $"'{path}' has no data for input{(missing.Count == 1 ? "" : "s")} "
                + $"{string.Join(", ", missing.Select(ShapeFit.Describe))}. Found {(found.Length == 0 ? "nothing that feeds an input" : string.Join(", ", found))}. "
                + $"Expected data named like each input. Give an input that is always the same with --input {missing[0].Name}=VALUE, "
                + $"data of its own with {missing[0].Name}=PATH in place of the path, and state with --feedback OUTPUT={missing[0].Name}."
        );
    }

    /// <summary>The tensors of one sample.</summary>
    /// <exception cref="QuantizationException">The values do not fit the model.</exception>
    public Dictionary<string, TensorValue> Bind(IReadOnlyList<RawArray> arrays)
    {
        Dictionary<string, TensorValue> given = arrays.ToDictionary(array => array.Input, array => Tensor(array, Request[array.Input]));
        Dictionary<string, TensorValue> bound = [];
        foreach (TensorSignature input in _inputs)
        {
            bound[input.Name] =
                given.TryGetValue(input.Name, out TensorValue? value) || _fixed.TryGetValue(input.Name, out value) ? value
                : _standIns.TryGetValue(input.Name, out var standIn)
                    ? standIn.Fill(input.Type, [.. given[standIn.Like].Shape.Take(input.Shape!.Count)])
                : throw new QuantizationException($"it has nothing for input {ShapeFit.Describe(input)}");
        }
        return bound;
    }

    private static TensorValue Tensor(RawArray array, TensorSignature input)
    {
        IReadOnlyList<long> shape =
            ShapeFit.Of(array.Shape, input)
            ?? throw new QuantizationException(
                $"{array.Origin} has the shape [{string.Join(", ", array.Shape)}] for input {ShapeFit.Describe(input)}"
            );
        return new TensorValue(input.Type, shape, ArrayConversion.Convert(array.Type, array.Data.Span, input.Type, array.Origin));
    }

    private bool TryStandIn(TensorSignature input, IReadOnlyList<string> given)
    {
        if (InputConventions.IsState(input))
        {
            TensorValue zeros = ConstantInput.Zeros(input);
            _fixed[input.Name] = zeros;
            string hint = StatePairs.OutputOf(input, _inputs, _outputs) is { } next
                ? $" Where samples follow each other, --feedback {next}={input.Name} carries '{next}' on to the next."
                : "";
            _notes.Add($"'{input.Name}' is not among the data: zeros of [{string.Join(", ", zeros.Shape)}].{hint}");
            return true;
        }
        if (StandInFor(input) is not var (fill, account) || LikeOf(input, given) is not { } like)
        {
            return false;
        }
        _standIns[input.Name] = (like.Name, fill);
        _notes.Add($"'{input.Name}' is not among the data: {account}, in the shape of '{like.Name}'.");
        return true;
    }

    /// <summary>An input of the same number of axes, or the vectors along the sequence that a mask belongs to.</summary>
    private TensorSignature? LikeOf(TensorSignature input, IReadOnlyList<string> given)
    {
        TensorSignature[] others = [.. _inputs.Where(other => given.Contains(other.Name))];
        return input.Shape is null
            ? null
            : Array.Find(others, other => other.Shape?.Count == input.Shape.Count)
                ?? Array.Find(others, other => InputConventions.IsAttentionMask(input) && InputConventions.AreFeaturesOf(other, input));
    }

    /// <summary>What fills an input in the shape of another, and how to say it.</summary>
    private static (Func<ElementType, IReadOnlyList<long>, TensorValue> Fill, string Account)? StandInFor(TensorSignature input) =>
        InputConventions.IsAttentionMask(input)
            ? ((type, shape) => ConstantInput.Filled(type, shape, isOne: true), "ones, so that every position counts")
        : InputConventions.IsTokenTypes(input) ? ((type, shape) => ConstantInput.Filled(type, shape, isOne: false), "zeros")
        : InputConventions.IsPositions(input) ? (ConstantInput.Positions, "0, 1, 2, ... along the sequence")
        : null;

    private static TensorSignature Named(string name, IReadOnlyList<TensorSignature> all, string kind, string option) =>
        all.FirstOrDefault(signature => signature.Name == name)
        ?? throw new UsageException(
            $"Option '{option}' names '{name}', which is no {kind} of the model; its {kind}s are "
                + $"{string.Join(", ", all.Select(signature => $"'{signature.Name}'"))}."
        );
}
