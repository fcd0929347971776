namespace Quantizer;

/// <summary>The version of this tool, as files and reports name it.</summary>
internal static class ToolVersion
{
    public const string Name = "quantize";

    public static string Text { get; } = typeof(ToolVersion).Assembly.GetName().Version!.ToString(fieldCount: 3);
}
