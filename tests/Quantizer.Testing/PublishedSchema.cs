using Xunit;

namespace Quantizer.Testing;

/// <summary>Compares a JSON Schema with the one in samples/schemas; QUANTIZER_UPDATE_GOLDEN=1 writes that anew.</summary>
public static class PublishedSchema
{
    public static void Equal(string name, string actual)
    {
        string path = PathOf(name);
        if (Environment.GetEnvironmentVariable("QUANTIZER_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    public static string PathOf(string name) => Path.Combine(SharedFolder.Repository, "samples", "schemas", name);
}
