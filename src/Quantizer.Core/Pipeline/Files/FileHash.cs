using System.Security.Cryptography;

namespace Quantizer.Pipeline.Files;

/// <summary>What a file's bytes are known by in reports.</summary>
internal static class FileHash
{
    /// <summary>SHA-256 in hexadecimal digits.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
