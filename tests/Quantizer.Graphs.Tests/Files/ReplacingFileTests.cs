using System.Runtime.Versioning;
using Quantizer.Graphs.Files;
using Quantizer.Testing;

namespace Quantizer.Graphs.Tests.Files;

/// <summary>Each of the two ways to write beside the name: without one, where the system can, and under a hidden one.</summary>
public sealed class ReplacingFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<bool> Ways => OperatingSystem.IsLinux() ? [false, true] : [false];

    private string Target => _folder.File("m.data");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_complete_file_takes_a_free_name(bool unnamed)
    {
        using (ReplacingFile file = Complete(unnamed))
            file.Replace();

        AssertHolds("new");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_complete_file_takes_the_name_of_another(bool unnamed)
    {
        File.WriteAllText(Target, "old");

        using (ReplacingFile file = Complete(unnamed))
            file.Replace();

        AssertHolds("new");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_name_taken_for_now_is_given_back(bool unnamed)
    {
        File.WriteAllText(Target, "old");

        using (ReplacingFile file = Complete(unnamed))
        {
            file.ReplaceForNow();
            Assert.Equal("new", File.ReadAllText(Target));
        }

        AssertHolds("old");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_name_taken_for_now_can_be_kept(bool unnamed)
    {
        File.WriteAllText(Target, "old");

        using (ReplacingFile file = Complete(unnamed))
        {
            file.ReplaceForNow();
            file.Keep();
        }

        AssertHolds("new");
    }

    [Fact]
    public void A_name_as_long_as_names_can_be_is_taken()
    {
        // 255 bytes on all common file systems.
        string name = new('n', 255);
        File.WriteAllText(_folder.File(name), "old");

        using (ReplacingFile file = new(_folder.File(name)))
        {
            file.Complete();
            file.Replace();
        }

        Assert.Equal([name], _folder.Names);
        Assert.Equal("", File.ReadAllText(_folder.File(name)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_folder_in_the_way_is_an_error_and_nothing_is_left(bool unnamed)
    {
        Directory.CreateDirectory(Target);

        using (ReplacingFile file = Complete(unnamed))
            Assert.ThrowsAny<Exception>(file.Replace);

        Assert.Equal(["m.data"], _folder.Names);
    }

    [LinuxFact]
    public void Until_it_is_complete_there_is_nothing_to_see()
    {
        using ReplacingFile file = Complete(unnamed: true);

        Assert.Empty(_folder.Names);
    }

    [LinuxFact]
    [SupportedOSPlatform("linux")]
    public void A_file_that_had_no_name_has_the_permissions_of_any_other()
    {
        using (ReplacingFile file = Complete(unnamed: true))
            file.Replace();
        File.WriteAllText(_folder.File("other"), "");

        Assert.Equal(File.GetUnixFileMode(_folder.File("other")), File.GetUnixFileMode(Target));
    }

    [LinuxFact]
    public void A_name_that_cannot_be_given_is_told_with_the_reason()
    {
        string path = _folder.File(new string('n', 300));
        using ReplacingFile file = new(path);

        IOException error = Assert.Throws<IOException>(file.Replace);

        Assert.StartsWith("File name too long", error.Message);
        Assert.Contains(path, error.Message);
    }

    private ReplacingFile Complete(bool unnamed)
    {
        ReplacingFile file = new(
            Target,
            unnamed
                ? UnnamedFile.TryCreate(_folder.Path)
                    ?? throw new PlatformNotSupportedException($"The file system of '{_folder.Path}' has no files without a name.")
                : null
        );
        file.Stream.Write("new"u8);
        file.Complete();
        return file;
    }

    private void AssertHolds(string content)
    {
        Assert.Equal(["m.data"], _folder.Names);
        Assert.Equal(content, File.ReadAllText(Target));
    }

    private sealed class LinuxFactAttribute : FactAttribute
    {
        public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux has files without a name.";
    }
}
