namespace Quantizer.Core.Tests.Pictures;

/// <summary>A small picture file and what Pillow's <c>convert('RGB').tobytes()</c> makes of it.</summary>
/// <param name="Hash">See <see cref="DrawnPicture"/>.</param>
internal sealed record EncodedPicture(int Width, int Height, string Hash, string Base64)
{
    public byte[] Bytes => Convert.FromBase64String(Base64);
}
