namespace Quantizer.Samples.Formats;

/// <summary>A file of named arrays. Not every array is read: only what is asked for.</summary>
internal abstract class ArrayFile(string path) : IDisposable
{
    public string Path { get; } = path;

    /// <summary>In the file's order.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Whether the arrays are tables of samples however many axes the inputs have: they come from lines, not from a
    /// header.</summary>
    public virtual bool IsTable => false;

    /// <summary>False: the file's name stands for that of its array.</summary>
    public virtual bool HasNames => true;

    /// <summary>What the user should know of how the file is read.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>What messages call an array.</summary>
    public abstract string Describe(string name);

    /// <exception cref="QuantizationException">The array's header is damaged, or claims more than the file holds, or of a type that is
    /// not read.</exception>
    public abstract ArrayHeader HeaderOf(string name);

    /// <summary>Some rows (positions on the first axis) of an array, for reading in any order by any thread.</summary>
    /// <param name="rows">Ascending.</param>
    public abstract IArrayRows Rows(string name, IReadOnlyList<int> rows);

    /// <summary>All bytes of a small array, row-major and little-endian.</summary>
    public abstract byte[] ReadAll(string name);

    /// <summary>What samples are called.</summary>
    public virtual string NameOf(int row) => $"row {row}";

    public abstract void Dispose();

    protected static QuantizationException Truncated(string array, ArrayHeader header) =>
        new(
            $"{array}: its header claims the shape {header} of {header.Type}, {header.DataLength} bytes, but the file holds fewer. It is "
                + $"truncated or damaged: save it again."
        );

    /// <exception cref="QuantizationException">A row is larger than an array in memory can be.</exception>
    protected static void RequireRowsOfMemory(ArrayHeader header, string array)
    {
        if (header.RowLength > Array.MaxLength)
            throw new QuantizationException($"{array}: one row has {header.RowLength} bytes; at most {Array.MaxLength} are read.");
    }
}
