using Quantizer.Core.Tests.Pictures;
using Quantizer.Pictures;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Samples;

public class StoredPixelsTests
{
    [Fact]
    public void What_is_read_is_what_was_stored_and_a_copy()
    {
        Pixels drawn = DrawnPicture.Of(20, 14, 3, seed: 7) with { AsksForTurn = true };
        byte[] expected = [.. drawn.Data];
        using StoredPixels stored = new(drawn);
        Array.Clear(drawn.Data);
        Array.Clear(stored.Read().Data);

        Pixels read = stored.Read();

        Assert.Equal(expected, read.Data);
        Assert.Equal((20, 14, 3, true), (read.Width, read.Height, read.Channels, read.AsksForTurn));
        Assert.Equal(expected.Length, stored.Bytes);
    }

    [Fact]
    public void What_was_given_back_cannot_be_read()
    {
        StoredPixels stored = new(DrawnPicture.Of(20, 14, 3, seed: 7));
        stored.Dispose();
        stored.Dispose();

        Assert.Throws<ObjectDisposedException>(stored.Read);
    }
}
