namespace Quantizer.Samples.Arrays;

/// <summary>A file of named arrays. Not every array is read: only what is asked for.</summary>
internal abstract class ArrayFile : IDisposable
{
    protected ArrayFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>In the file's order.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <exception cref="QuantizationException">The file is none of <see cref="ArrayFormats"/>.</exception>
    public static ArrayFile Open(string path)
    {
        try
        {
            // Whoever did not look at the ending gets to know what is wrong with the contents.
            return (ArrayFormats.For(path) ?? NpyFile.Open)(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new QuantizationException(
                $"The file '{path}' cannot be read: {error.Message} Save it again with numpy.savez or numpy.save.",
                error
            );
        }
    }

    /// <summary>What messages call an array.</summary>
    public abstract string Describe(string name);

    /// <exception cref="QuantizationException">The array's header is damaged, or claims more than the file holds, or of a type that is
    /// not read.</exception>
    public abstract NpyHeader HeaderOf(string name);

    /// <summary>Some rows (positions on the first axis) of an array, for reading in any order by any thread.</summary>
    /// <param name="rows">Ascending.</param>
    public abstract IArrayRows Rows(string name, IReadOnlyList<int> rows);

    /// <summary>All bytes of a small array.</summary>
    public abstract byte[] ReadAll(string name);

    public abstract void Dispose();

    protected static QuantizationException Truncated(string array, NpyHeader header) =>
        new(
            $"{array}: its header claims the shape {header} of {header.Type}, {header.DataLength} bytes, but the file holds fewer. It is "
                + $"truncated or damaged: save it again."
        );
}
