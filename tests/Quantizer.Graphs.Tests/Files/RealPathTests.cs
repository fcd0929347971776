using Quantizer.Graphs.Files;
using Quantizer.Testing;

namespace Quantizer.Graphs.Tests.Files;

public sealed class RealPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _root;

    public RealPathTests() => _root = RealPath.Of(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    public void Links_of_files_and_folders_are_followed_anywhere_on_the_way()
    {
        _folder.Write("real/deep/a", []);
        Directory.CreateSymbolicLink(_folder.File("outer"), "real");
        Directory.CreateSymbolicLink(_folder.File("real/inner"), _folder.File("real/deep"));
        File.CreateSymbolicLink(_folder.File("b"), "outer/inner/a");

        Assert.Equal(Path.Combine(_root, "real", "deep", "a"), RealPath.Of(_folder.File("b")));
        Assert.Equal(Path.Combine(_root, "real", "deep", "new"), RealPath.Of(_folder.File("outer/inner/new")));
    }

    [UnixFact]
    public void A_step_up_in_a_links_target_goes_up_from_where_the_link_really_is()
    {
        _folder.Write("real/deep/a", []);
        _folder.Write("real/b", []);
        Directory.CreateSymbolicLink(_folder.File("short"), "real/deep");
        File.CreateSymbolicLink(_folder.File("real/deep/up"), "../b");

        Assert.Equal(Path.Combine(_root, "real", "b"), RealPath.Of(_folder.File("short/up")));
    }

    [UnixFact]
    public void A_link_to_nothing_has_the_path_of_what_it_would_be()
    {
        File.CreateSymbolicLink(_folder.File("link"), "missing");

        Assert.Equal(Path.Combine(_root, "missing"), RealPath.Of(_folder.File("link")));
    }

    [UnixFact]
    public void Links_in_a_circle_are_left_as_they_are_spelt()
    {
        File.CreateSymbolicLink(_folder.File("a"), "b");
        File.CreateSymbolicLink(_folder.File("b"), "a");

        Assert.Equal(_folder.File("a"), RealPath.Of(_folder.File("a")));
    }
}
