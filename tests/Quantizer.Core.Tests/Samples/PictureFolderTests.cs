using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Samples;

public sealed class PictureFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pictures_are_listed_in_ordinal_order_of_their_paths_with_slashes()
    {
        Touch("b.PNG", "a/z.jpg", "a/deep/x.webp", "B.jpeg", "a.gif", "notes.txt", ".hidden.jpg", ".cache/y.jpg", "._b.png");

        Assert.Equal(["B.jpeg", "a.gif", "a/deep/x.webp", "a/z.jpg", "b.PNG"], Open().Files.Select(file => file.Name));
    }

    [Fact]
    public void Subfolders_in_ordinal_order_are_the_classes_even_empty_ones()
    {
        Touch("dog/1.jpg", "Zebra/1.jpg", "cat/1.jpg", "cat/more/2.jpg", "loose.jpg");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "bird"));

        PictureFolder folder = Open();

        Assert.Equal(
            [("Zebra/1.jpg", 0), ("cat/1.jpg", 2), ("cat/more/2.jpg", 2), ("dog/1.jpg", 3), ("loose.jpg", null)],
            folder.Files.Select(file => (file.Name, file.Label))
        );
        Assert.Equal(4, folder.Labelled);
    }

    [Fact]
    public void One_subfolder_is_no_class()
    {
        Touch("images/1.jpg");

        Assert.Null(Assert.Single(Open().Files).Label);
    }

    [Fact]
    public void Numbers_with_a_zero_among_them_are_class_indices()
    {
        Touch("0/a.png", "3/a.png", "10/a.png");

        Assert.Equal([("0/a.png", 0), ("10/a.png", 10), ("3/a.png", 3)], Open().Files.Select(file => (file.Name, file.Label)));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(181, 180)]
    [InlineData(0, 180)]
    public void Numbers_beyond_the_models_classes_are_names(int classes, int second)
    {
        Touch("0/a.png", "180/b.png");

        Assert.Equal([0, second], PictureFolder.Open(_folder.Path, classes: classes).Files.Select(file => file.Label));
    }

    [Fact]
    public void Numbers_that_count_from_one_are_names()
    {
        Touch("01/a.png", "02/a.png", "10/a.png");

        Assert.Equal([0, 1, 2], Open().Files.Select(file => file.Label!.Value));
    }

    [Fact]
    public void A_labels_file_wins_over_subfolders()
    {
        Touch("a/1.jpg", "b/2 of 3.jpg", "b/4.jpg");
        string labels = _folder.Write("labels.txt", "# remark\n\n./a/1.jpg\t7\nb\\2 of 3.jpg 12\nelsewhere.jpg 1\n"u8);

        Assert.Equal([7, 12, null], PictureFolder.Open(_folder.Path, labels).Files.Select(file => file.Label));
    }

    [Theory]
    [InlineData("a/1.jpg", "line 1: found 'a/1.jpg'")]
    [InlineData("a/1.jpg 3\na/1.jpg x", "line 2")]
    [InlineData("a/1.jpg -3", "line 1")]
    [InlineData("a/1.jpg 3\na/1.jpg 4", "class 4 here and class 3")]
    [InlineData("1.jpg 3", "names none of the pictures")]
    [InlineData("", "it has no lines")]
    public void A_labels_file_that_does_not_fit_is_an_error_that_says_where(string text, string expected)
    {
        Touch("a/1.jpg");
        string labels = _folder.Write("labels.txt", System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Contains(expected, Assert.Throws<QuantizationException>(() => PictureFolder.Open(_folder.Path, labels)).Message);
    }

    [Fact]
    public void Kinds_that_are_not_read_are_told_by_name()
    {
        Touch("a.jpg", "b.TIFF");

        SkippedSample skipped = Assert.Single(Open().Unsupported);

        Assert.Equal("b.TIFF", skipped.Name);
        Assert.Contains(".TIFF files are not read", skipped.Reason);
    }

    [Fact]
    public void A_folder_without_pictures_says_what_it_holds()
    {
        Assert.Contains("holds no files", Assert.Throws<QuantizationException>(Open).Message);
        Touch("a.txt");
        Assert.Contains("1 files, none of them a picture", Assert.Throws<QuantizationException>(Open).Message);
        Touch("scan.tif");
        Assert.Contains("such as 'scan.tif'", Assert.Throws<QuantizationException>(Open).Message);
    }

    [Fact]
    public void A_real_folder_is_listed_once_under_its_own_name_however_many_links_lead_to_it()
    {
        Touch("b/1.jpg", "b/2.jpg", "c/3.jpg");
        Link("b/loop", ".");
        Link("a", "b");
        Link("c/beside", "b");

        PictureFolder folder = Open();

        Assert.Equal(["b/1.jpg", "b/2.jpg", "c/3.jpg"], folder.Files.Select(file => file.Name));
        // The link is no class either.
        Assert.Equal([0, 0, 1], folder.Files.Select(file => file.Label!.Value));
    }

    [Fact]
    public void Folders_that_each_link_twice_to_the_next_one_come_to_an_end()
    {
        const int Folders = 40;
        for (int i = 0; i < Folders; i++)
            Touch($"real{i:00}/{i}.jpg");
        for (int i = 0; i + 1 < Folders; i++)
        {
            Link($"real{i:00}/left", $"real{i + 1:00}");
            Link($"real{i:00}/right", $"real{i + 1:00}");
        }

        Assert.Equal(Folders, Open().Files.Count);
    }

    [Fact]
    public void A_folder_outside_is_listed_once_under_the_first_of_two_links_to_it()
    {
        using TemporaryFolder elsewhere = new();
        elsewhere.Write("1.jpg", []);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "second"), elsewhere.Path);
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, "first"), elsewhere.Path);

        Assert.Equal(["first/1.jpg"], Open().Files.Select(file => file.Name));
    }

    [UnixFact]
    public void What_is_called_a_picture_but_is_a_pipe_or_a_device_is_named_and_left_out()
    {
        Touch("a.jpg");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "zero.jpg"), "/dev/zero");
        NamedPipe.Create(Path.Combine(_folder.Path, "pipe.png"));

        PictureFolder folder = Open();

        Assert.Equal(["a.jpg"], folder.Files.Select(file => file.Name));
        Assert.Equal(
            [("pipe.png", "it is a named pipe, not a file"), ("zero.jpg", "it is a device, not a file")],
            folder.Unsupported.Select(skipped => (skipped.Name, skipped.Reason))
        );
    }

    [UnixFact]
    public void Labels_and_arrays_are_read_from_files_only()
    {
        Touch("a.jpg");
        NamedPipe.Create(_folder.File("pipe.npz"));

        Assert.Contains("is a named pipe", Assert.Throws<QuantizationException>(() => KindOf(_folder.File("pipe.npz"))).Message);
        Assert.Contains(
            "'/dev/zero' is a device",
            Assert.Throws<QuantizationException>(() => PictureFolder.Open(_folder.Path, "/dev/zero")).Message
        );
    }

    [Theory]
    [InlineData("nothing", "does not exist")]
    [InlineData("a.jpg", "Give the folder that holds the pictures")]
    [InlineData("a.doc", "kind '.doc'")]
    public void A_data_path_that_is_no_data_is_an_error(string name, string expected)
    {
        Touch("a.jpg", "a.doc");

        Assert.Contains(expected, Assert.Throws<QuantizationException>(() => KindOf(Path.Combine(_folder.Path, name))).Message);
    }

    [Fact]
    public void A_folder_with_a_picture_is_one_of_pictures_and_any_other_one_of_data()
    {
        Touch("x.npz", "y.NPY");

        Assert.Equal(DataKind.Folder, KindOf(_folder.Path));
        Touch("z.png");
        Assert.Equal(DataKind.Pictures, KindOf(_folder.Path));
        Assert.Equal(DataKind.File, KindOf(Path.Combine(_folder.Path, "x.npz")));
        Assert.Equal(DataKind.File, KindOf(Path.Combine(_folder.Path, "y.NPY")));
    }

    private void Link(string name, string target) =>
        Directory.CreateSymbolicLink(Path.Combine(_folder.Path, name), Path.GetFullPath(Path.Combine(_folder.Path, target)));

    private PictureFolder Open() => PictureFolder.Open(_folder.Path);

    private void Touch(params string[] names)
    {
        foreach (string name in names)
            _folder.Write(name, []);
    }

    private static DataKind KindOf(string path) => new DataPath(null, path).Kind;
}
