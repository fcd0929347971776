namespace Quantizer.EndToEnd.Tests.Pages;

/// <summary>A test in a browser; skipped, saying so, where none is installed.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = BrowserFactAttribute.WhyNot;
}
