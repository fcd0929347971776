using System.Runtime.CompilerServices;

namespace Quantizer.Testing;

/// <summary>Finds the repository and, beside it, the optional folder of real models and data that tests use where it exists.</summary>
public static class SharedFolder
{
    /// <summary>The repository's root.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SourcePath())!, "..", ".."));

    /// <summary>The folder of real models and data; QUANTIZER_SHARED overrides its place.</summary>
    public static string Root { get; } =
        Environment.GetEnvironmentVariable("QUANTIZER_SHARED") ?? Path.GetFullPath(Path.Combine(Repository, "..", "shared"));

    public static bool Exists => Directory.Exists(Path.Combine(Root, "models"));

    public static string Model(string name) => Path.Combine(Root, "models", name);

    public static string Data(string name) => Path.Combine(Root, "data", name);

    private static string SourcePath([CallerFilePath] string path = "") => path;
}
