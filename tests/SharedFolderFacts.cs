using Xunit;

namespace Quantizer.Tests;

/// <summary>A test on the real models; skipped, saying so, where their folder does not exist.</summary>
internal sealed class SharedFolderFactAttribute : FactAttribute
{
    public SharedFolderFactAttribute() => Skip = SharedFolder.Exists ? null : $"The folder of real models '{SharedFolder.Root}' does not exist.";
}

/// <inheritdoc cref="SharedFolderFactAttribute"/>
internal sealed class SharedFolderTheoryAttribute : TheoryAttribute
{
    public SharedFolderTheoryAttribute() => Skip = SharedFolder.Exists ? null : $"The folder of real models '{SharedFolder.Root}' does not exist.";
}
