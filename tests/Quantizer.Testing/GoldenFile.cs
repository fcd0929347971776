using System.Runtime.CompilerServices;
using Xunit;

namespace Quantizer.Testing;

/// <summary>
/// Compares a text with a file that was read and approved by a person: Golden/NAME beside the test.
/// QUANTIZER_UPDATE_GOLDEN=1 writes the files anew; read the difference before it is committed.
/// </summary>
public static class GoldenFile
{
    private const string UpdateVariable = "QUANTIZER_UPDATE_GOLDEN";

    public static void Equal(string name, string actual, [CallerFilePath] string testFile = "")
    {
        string path = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden", name);
        // A checkout on Windows may have changed the file's line ends.
        string text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
        Assert.True(File.Exists(path), $"There is no golden file '{path}'; run the test with {UpdateVariable}=1 and read what it wrote.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }
}
