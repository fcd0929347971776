using System.Text;

namespace Quantizer.Reporting.Page;

/// <summary>The template, style and script, which lie in files of their own beside this one.</summary>
internal static class PageResources
{
    /// <summary>Reads one of them, lines ended by a single line feed.</summary>
    public static string Read(string name)
    {
        using Stream stream =
            typeof(PageResources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library was built without '{name}'.");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
