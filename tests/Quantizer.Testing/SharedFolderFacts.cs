using Xunit;

namespace Quantizer.Testing;

/// <summary>A test on the real models; skipped, saying so, where their folder does not exist.</summary>
public sealed class SharedFolderFactAttribute : FactAttribute
{
    public SharedFolderFactAttribute() =>
        Skip = SharedFolder.Exists ? null : $"The folder of real models '{SharedFolder.Root}' does not exist.";
}

/// <inheritdoc cref="SharedFolderFactAttribute"/>
public sealed class SharedFolderTheoryAttribute : TheoryAttribute
{
    public SharedFolderTheoryAttribute() =>
        Skip = SharedFolder.Exists ? null : $"The folder of real models '{SharedFolder.Root}' does not exist.";
}
