using Quantizer.Graphs;

namespace Quantizer.Samples.Records;

/// <summary>Inputs that take strings: nothing here makes any, from no kind of data.</summary>
internal static class TextInputs
{
    /// <exception cref="QuantizationException">There is one.</exception>
    public static void Refuse(IEnumerable<TensorSignature> inputs)
    {
        string[] names = [.. inputs.Where(input => input.Type == ElementType.String).Select(input => $"'{input.Name}'")];
        if (names.Length == 0)
            return;
        throw new QuantizationException(
            $"The model's input{(names.Length == 1 ? "" : "s")} {string.Join(", ", names)} take{(names.Length == 1 ? "s" : "")} strings, which "
                + "cannot be fed: the model can be run neither to calibrate nor to compare it. Quantize it without data, by "
                + "--activations dynamic or none; or cut off what looks the strings up, so that their numbers are the input; or make them "
                + "a constant (an initializer of the input's name)."
        );
    }
}
