namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary>"" and "ai.onnx" name the same operator set; the graph types know only the former.</summary>
internal static class StandardDomain
{
    private const string Alias = "ai.onnx";

    public static string Canonical(string domain) => domain == Alias ? "" : domain;
}
