using Xunit;

namespace Quantizer.Testing;

/// <summary>A test of links, pipes or devices, which Windows has not, or not for everyone.</summary>
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Needs a Unix file system." : null;
}
