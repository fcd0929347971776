using System.Diagnostics;
using Quantizer.Graphs.Files;
using Quantizer.Testing;

namespace Quantizer.Graphs.Tests.Files;

public sealed class FileStatusTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_folders_and_nothing_are_told_apart()
    {
        string file = _folder.Write("a", []);

        Assert.Equal(FileKind.File, FileStatus.Of(file).Kind);
        Assert.Equal(FileKind.Folder, FileStatus.Of(_folder.Path).Kind);
        Assert.Equal(new FileStatus(FileKind.Missing, null), FileStatus.Of(_folder.File("none")));
        Assert.Null(FileStatus.SpecialKindOf(file));
    }

    [UnixFact]
    public void Pipes_and_devices_are_told_through_links_too()
    {
        NamedPipe.Create(_folder.File("pipe"));
        File.CreateSymbolicLink(_folder.File("link"), _folder.File("pipe"));
        File.CreateSymbolicLink(_folder.File("zero"), "/dev/zero");

        Assert.Equal("a named pipe", FileStatus.SpecialKindOf(_folder.File("link")));
        Assert.Equal("a device", FileStatus.SpecialKindOf(_folder.File("zero")));
    }

    [UnixFact]
    public void Hard_and_symbolic_links_have_the_identity_of_their_file_and_a_copy_has_not()
    {
        string file = _folder.Write("a", []);
        File.CreateSymbolicLink(_folder.File("soft"), file);
        File.Copy(file, _folder.File("copy"));
        using Process link = Process.Start("ln", [file, _folder.File("hard")]);
        link.WaitForExit();

        Assert.NotNull(FileStatus.Of(file).Identity);
        Assert.Equal(FileStatus.Of(file).Identity, FileStatus.Of(_folder.File("soft")).Identity);
        Assert.Equal(FileStatus.Of(file).Identity, FileStatus.Of(_folder.File("hard")).Identity);
        Assert.NotEqual(FileStatus.Of(file).Identity, FileStatus.Of(_folder.File("copy")).Identity);
    }
}
