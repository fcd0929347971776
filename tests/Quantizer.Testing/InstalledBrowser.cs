namespace Quantizer.Testing;

/// <summary>A Chromium that the machine has; none is downloaded.</summary>
public static class InstalledBrowser
{
    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
        "chrome.exe",
    ];

    /// <summary>The first of its names on PATH; null where there is none.</summary>
    public static string? Path { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
