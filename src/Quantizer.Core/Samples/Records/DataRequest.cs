using Quantizer.Graphs;

namespace Quantizer.Samples.Records;

/// <summary>What data are asked for.</summary>
/// <param name="Inputs">The model's inputs that they may feed.</param>
internal sealed record DataRequest(IReadOnlyList<TensorSignature> Inputs, InputOptions Options)
{
    private static readonly string[] LabelNames = ["y", "labels", "label"];

    /// <summary>All inputs of the model in its order, also those that something else feeds: data that number inputs number these.</summary>
    public IReadOnlyList<string> Order { get; init; } = [.. Inputs.Select(input => input.Name)];

    /// <summary>Inputs that are caches, empty where they are not given.</summary>
    public IReadOnlyList<string> Caches { get; init; } = [];

    /// <summary>The inputs that must be given: nothing stands in for them.</summary>
    public IEnumerable<TensorSignature> Needed =>
        Inputs.Where(input => !InputConventions.CanStandIn(input) && !Caches.Contains(input.Name));

    public TensorSignature this[string input] => Inputs.First(signature => signature.Name == input);

    /// <summary>
    /// Finds the part of the data for each input: the one of its name; and where one input that must be given has none, and one part is
    /// left over, that one: what feeds the only input needs no name.
    /// </summary>
    public FieldMatch Match(IReadOnlyList<string> fields)
    {
        Dictionary<string, string> found = Inputs
            .Where(input => fields.Contains(input.Name))
            .ToDictionary(input => input.Name, input => input.Name);
        string? label = LabelNames.FirstOrDefault(name => fields.Contains(name) && !found.ContainsKey(name));
        string[] rest = [.. fields.Where(field => field != label && !found.ContainsKey(field))];
        TensorSignature[] needed = [.. Needed.Where(input => !found.ContainsKey(input.Name))];
        if (needed.Length == 0 && found.Count == 0)
            needed = [.. Inputs];
        if (needed.Length != 1 || rest.Length != 1)
            return new FieldMatch(found, label, rest);
        found[needed[0].Name] = rest[0];
        return new FieldMatch(found, label, []) { Guessed = Inputs.Count > 1 ? needed[0].Name : null };
    }
}
