using System.Text.RegularExpressions;

namespace Quantizer.Execution;

/// <summary>The names that ONNX Runtime gives to nodes.</summary>
internal static partial class RuntimeNames
{
    /// <summary>A node's name in the model that was opened.</summary>
    public static string Original(string name) => CopySuffix().Replace(name, "");

    /// <summary>ONNX Runtime appends this to the names of nodes that it moves or replaces.</summary>
    [GeneratedRegex("_token_[0-9]+$")]
    private static partial Regex CopySuffix();
}
