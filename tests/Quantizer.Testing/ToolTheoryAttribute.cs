using Xunit;

namespace Quantizer.Testing;

/// <summary>Runs only where a program of the system is installed.</summary>
public sealed class ToolTheoryAttribute : TheoryAttribute
{
    /// <param name="tool">Its name on the path.</param>
    public ToolTheoryAttribute(string tool) => Skip = SystemTool.Find(tool) is null ? $"There is no '{tool}' on the path." : null;
}
