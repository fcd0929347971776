using System.Reflection;

namespace Quantizer.Cli;

/// <summary>The version in Directory.Build.props, as the build put it into the assembly.</summary>
internal static class ToolVersion
{
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
