using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Pages;

/// <inheritdoc cref="BrowserTheoryAttribute"/>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = WhyNot;

    internal static string? WhyNot => InstalledBrowser.Path is null ? "There is no chromium or chrome on PATH." : null;
}
