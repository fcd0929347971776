namespace Quantizer.Pictures;

/// <summary>A file as decoders read it: an exception must not pass through their native code, so a failure looks like the file's end and
/// is kept.</summary>
internal sealed class PictureStream(Stream file) : Stream
{
    /// <summary>What went wrong while reading; null when nothing did.</summary>
    public IOException? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Failure is null ? file.Read(buffer) : 0;
        }
        catch (IOException error)
        {
            Failure = error;
            return 0;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
