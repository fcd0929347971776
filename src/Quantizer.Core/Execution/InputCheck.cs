using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>Compares the tensors for a run with what the model declares, so that messages name the input and both sides.</summary>
internal static class InputCheck
{
    /// <exception cref="QuantizationException">An input is missing, unknown, or of another type or shape than the model takes.</exception>
    public static void Fit(InferenceModel model, IReadOnlyDictionary<string, TensorValue> inputs)
    {
        foreach (TensorSignature expected in model.Inputs)
        {
            if (!inputs.TryGetValue(expected.Name, out TensorValue? given))
            {
                throw new QuantizationException(
                    $"'{model.Name}' takes an input '{expected.Name}' ({Described(expected)}), which the data does not give; it gives "
                        + $"{Listed(inputs.Keys)}."
                );
            }

            if (given.Type != expected.Type || !Fits(given.Shape, expected.Shape))
            {
                throw new QuantizationException(
                    $"Input '{expected.Name}' of '{model.Name}' is {Described(expected)}; the data gives "
                        + $"{given.Type}[{string.Join(',', given.Shape)}]."
                );
            }

            long bytes = ElementSizes.BytesOf(given.Type, given.ElementCount);
            if (given.Data.Length != bytes)
            {
                throw new QuantizationException(
                    $"Input '{expected.Name}' of '{model.Name}' holds {given.Data.Length} bytes; "
                        + $"{given.Type}[{string.Join(',', given.Shape)}] needs {bytes}."
                );
            }
        }
        if (inputs.Count == model.Inputs.Count)
            return;
        string unknown = inputs.Keys.First(name => !model.Inputs.Any(input => input.Name == name));
        throw new QuantizationException(
            $"'{model.Name}' has no input '{unknown}'; its inputs are {Listed(model.Inputs.Select(input => input.Name))}."
        );
    }

    /// <summary>Rank 0 is also what ONNX Runtime reports for an unknown rank: left to the run itself.</summary>
    private static bool Fits(IReadOnlyList<long> given, IReadOnlyList<Dimension>? expected)
    {
        if (expected is null or { Count: 0 })
            return true;
        if (given.Count != expected.Count)
            return false;
        for (int axis = 0; axis < given.Count; axis++)
        {
            if (expected[axis].Size is { } size && size != given[axis])
                return false;
        }

        return true;
    }

    private static string Described(TensorSignature signature) =>
        $"{signature.Type}[{(signature.Shape is null ? "" : string.Join(',', signature.Shape))}]";

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'").DefaultIfEmpty("none"));
}
