using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Binding;

/// <summary>What each input of a model gets: a constant, state, data, or what stands in for data that need not be given.</summary>
internal sealed class InputBinding
{
    private readonly IReadOnlyList<TensorSignature> _inputs;
    private readonly IReadOnlyList<TensorSignature> _outputs;
    private readonly IReadOnlyList<CacheInput> _caches;
    private readonly InputOptions _options;
    private readonly Dictionary<string, TensorValue> _fixed = [];
    private readonly StandIns _standIns;
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
        _caches = CacheInput.Of(inputs, outputs);
        _standIns = new StandIns(inputs, _caches);
        foreach ((string name, IReadOnlyList<double> values) in options.Constants)
            _fixed[name] = ConstantInput.Of(Named(name, inputs, "input", "--input"), values);
        foreach ((string name, string output) in options.Feedback)
        {
            TensorSignature input = Named(name, inputs, "input", "--feedback");
            Named(output, outputs, "output", "--feedback");
            if (!_fixed.TryAdd(name, CacheOf(input)?.Empty ?? ConstantInput.Zeros(input)))
                throw new UsageException($"Input '{name}' is given with both --input and --feedback. Keep one of them.");
        }
        if (options.Mask is { } mask)
            Named(mask, inputs, "input", "--mask");
        Request = new DataRequest([.. inputs.Where(input => !_fixed.ContainsKey(input.Name))], options)
        {
            Order = [.. inputs.Select(input => input.Name)],
            Caches = [.. _caches.Select(cache => cache.Input.Name)],
        };
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
        LeaveEmpty(given);
        List<TensorSignature> missing = [];
        foreach (TensorSignature input in Request.Inputs.Where(input => !given.Contains(input.Name) && !_fixed.ContainsKey(input.Name)))
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
        Dictionary<string, TensorValue> found = new(_fixed);
        foreach (RawArray array in arrays)
            found[array.Input] = Tensor(array, Request[array.Input]);
        found = _standIns.With(found);
        return _inputs.ToDictionary(
            input => input.Name,
            input =>
                found.GetValueOrDefault(input.Name)
                ?? throw new QuantizationException($"it has nothing for input {ShapeFit.Describe(input)}")
        );
    }

    /// <summary>The tensors of a sample whose state is another: what stands in for others may follow from it.</summary>
    public IReadOnlyDictionary<string, TensorValue> Follow(IReadOnlyDictionary<string, TensorValue> inputs) => _standIns.With(inputs);

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
        if (CacheOf(input) is not null)
            return false;
        if (_standIns.Add(input, given) is { } account)
        {
            _notes.Add($"'{input.Name}' is not among the data: {account}.");
            return true;
        }
        if (!InputConventions.IsState(input))
            return false;
        TensorValue zeros = ConstantInput.Zeros(input);
        _fixed[input.Name] = zeros;
        string hint = StatePairs.OutputOf(input, _inputs, _outputs) is { } next
            ? $" Where samples follow each other, --feedback {next}={input.Name} carries '{next}' on to the next."
            : "";
        _notes.Add($"'{input.Name}' is not among the data: zeros of [{string.Join(", ", zeros.Shape)}].{hint}");
        return true;
    }

    /// <summary>Every sample begins a sequence where none of its caches is given. They are of one length, so that an empty one among others
    /// would not fit.</summary>
    private void LeaveEmpty(IReadOnlyList<string> given)
    {
        if (_caches.Count == 0 || _caches.Any(cache => given.Contains(cache.Input.Name) || _fixed.ContainsKey(cache.Input.Name)))
            return;
        foreach (CacheInput cache in _caches)
            _fixed[cache.Input.Name] = cache.Empty;
        CacheInput first = _caches[0];
        (string name, int others) = (first.Input.Name, _caches.Count - 1);
        _notes.Add(
            $"'{name}'{(others == 0 ? " is" : $" and {others} more caches are")} not among the data: empty, so that every sample begins a sequence, "
                + $"'{name}' of [{string.Join(", ", first.Empty.Shape)}]. Where samples follow each other, --feedback {first.Output}={name}"
                + $"{(others == 0 ? "" : ", and the same for each of the others,")} carries '{first.Output}' on to the next."
        );
    }

    private CacheInput? CacheOf(TensorSignature input) => _caches.FirstOrDefault(cache => cache.Input.Name == input.Name);

    private static TensorSignature Named(string name, IReadOnlyList<TensorSignature> all, string kind, string option) =>
        all.FirstOrDefault(signature => signature.Name == name)
        ?? throw new UsageException(
            $"Option '{option}' names '{name}', which is no {kind} of the model; its {kind}s are "
                + $"{string.Join(", ", all.Select(signature => $"'{signature.Name}'"))}."
        );
}
