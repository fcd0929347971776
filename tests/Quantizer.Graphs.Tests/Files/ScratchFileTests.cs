using Microsoft.Win32.SafeHandles;
using Quantizer.Graphs.Files;

namespace Quantizer.Graphs.Tests.Files;

public sealed class ScratchFileTests
{
    [Fact]
    public void What_is_kept_comes_back_equal_also_to_several_threads()
    {
        using ScratchFile file = new();
        byte[][] kept = [.. Enumerable.Range(0, 200).Select(seed => Bytes(seed, length: seed % 7 * 1000))];
        ScratchBlock[] blocks = new ScratchBlock[kept.Length];

        Parallel.For(0, kept.Length, i => blocks[i] = file.Keep(kept[i]));

        Parallel.For(0, kept.Length, i => Assert.Equal(kept[i], Read(file, blocks[i])));
    }

    [Fact]
    public void Room_that_is_given_back_is_used_again()
    {
        using ScratchFile file = new();
        ScratchBlock first = file.Keep(Bytes(1, length: 1000)),
            second = file.Keep(Bytes(2, length: 1000));
        file.Free(first);

        ScratchBlock other = file.Keep(Bytes(3, length: 999)),
            same = file.Keep(Bytes(4, length: 1000));

        Assert.Equal(first.Offset, same.Offset);
        Assert.Equal(2000, other.Offset);
        Assert.Equal(Bytes(2, length: 1000), Read(file, second));
        Assert.Equal(Bytes(4, length: 1000), Read(file, same));
    }

    [Fact]
    public void No_folder_shows_it_while_it_is_open()
    {
        // Elsewhere it has a name until it is closed.
        if (UnnamedFile.TryCreate(Path.GetTempPath()) is not { } unnamed)
            return;
        unnamed.Dispose();
        string[] before = Directory.GetFiles(Path.GetTempPath(), "quantizer-*");
        using ScratchFile file = new();

        file.Keep(new byte[10]);

        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "quantizer-*").Except(before));
    }

    [Fact]
    public void No_folder_shows_it_after_it_was_closed()
    {
        string[] before = Directory.GetFiles(Path.GetTempPath(), "quantizer-*");

        using (ScratchFile file = new())
            file.Keep(new byte[10]);

        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "quantizer-*").Except(before));
    }

    [Fact]
    public void Nothing_is_opened_before_it_is_needed()
    {
        using ScratchFile file = new(() => throw new IOException("opened"));

        Assert.Equal("opened", Assert.Throws<IOException>(() => file.Keep(new byte[1])).Message);
    }

    [Fact]
    public void A_full_disk_keeps_nothing_and_is_not_asked_again()
    {
        // A device of Linux on which there is never any room.
        if (!File.Exists("/dev/full"))
            return;
        int opened = 0;
        using ScratchFile file = new(Full);

        Assert.Null(file.TryKeep(new byte[10]));
        Assert.Null(file.TryKeep(new byte[10]));
        Assert.Throws<IOException>(() => file.Keep(new byte[10]));
        Assert.Equal(1, opened);

        SafeFileHandle Full()
        {
            opened++;
            return File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        }
    }

    [Fact]
    public void Without_a_folder_for_temporary_files_nothing_is_kept()
    {
        using ScratchFile file = new(() => throw new DirectoryNotFoundException());

        Assert.Null(file.TryKeep(new byte[10]));
    }

    private static byte[] Read(ScratchFile file, ScratchBlock block)
    {
        byte[] data = new byte[block.Length];
        file.Read(block, data);
        return data;
    }

    private static byte[] Bytes(int seed, int length)
    {
        byte[] data = new byte[length];
        new Random(seed).NextBytes(data);
        return data;
    }
}
