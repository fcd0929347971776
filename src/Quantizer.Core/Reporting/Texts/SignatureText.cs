using Quantizer.Graphs;

namespace Quantizer.Reporting.Texts;

/// <summary>A model's input or output in a line: "image: float [batch, 3, 48, 48]".</summary>
internal static class SignatureText
{
    public static string Of(TensorSignature signature)
    {
        string shape = signature.Shape is null ? "of unknown rank" : $"[{string.Join(", ", signature.Shape)}]";
        return $"{signature.Name}: {signature.Type.ToString().ToLowerInvariant()} {shape}";
    }
}
