using Quantizer.Testing;

namespace Quantizer.Core.Tests.Architecture;

public class TopLevelTests
{
    /// <summary>Dot files apart: tools have theirs there.</summary>
    private static readonly string[] Fixed =
    [
        "CHANGELOG.md",
        "Directory.Build.props",
        "LICENSE",
        "Quantizer.sln",
        "README.md",
        "calibration-data",
        "samples",
        "src",
        "tests",
    ];

    [Fact]
    public void Nothing_lies_beside_what_must_be_there() =>
        Assert.Equal(
            Fixed,
            Directory
                .GetFileSystemEntries(SharedFolder.Repository)
                .Select(path => Path.GetFileName(path))
                .Where(name => !name.StartsWith('.'))
                .Order(StringComparer.Ordinal)
        );
}
