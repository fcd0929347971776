using Xunit;

namespace Quantizer.Testing;

/// <summary>Runs only where a program of the system is installed.</summary>
public sealed class ToolFactAttribute : FactAttribute
{
    /// <param name="tool">Its name on the path.</param>
    public ToolFactAttribute(string tool) => Skip = SystemTool.Find(tool) is null ? $"There is no '{tool}' on the path." : null;
}
