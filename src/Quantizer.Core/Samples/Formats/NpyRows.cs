namespace Quantizer.Samples.Formats;

/// <summary>Brings the values of .npy files into the order that everything else expects: row-major, little-endian.</summary>
internal static class NpyRows
{
    /// <summary>Column-major arrays are gathered in as many passes over the file as their wanted rows fill this.</summary>
    private const long MostGathered = 64L << 20;

    /// <summary>Values read at a time.</summary>
    private const int ChunkLength = 1 << 16;

    /// <summary>Reads the wanted rows in one pass, or, of a column-major array that is large, in several.</summary>
    /// <param name="open">Gives the file from its first value on.</param>
    /// <param name="rows">Ascending.</param>
    public static RowStore Gather(Func<Stream> open, NpyHeader header, IReadOnlyList<int> rows)
    {
        RowStore store = new();
        try
        {
            if (!header.IsFortranOrder)
            {
                using Stream stream = open();
                GatherRowMajor(stream, header, rows, store);
                return store;
            }
            int perPass = (int)Math.Clamp(MostGathered / Math.Max(header.RowLength, 1), 1, Math.Max(rows.Count, 1));
            foreach (int[] pass in rows.Chunk(perPass))
            {
                using Stream stream = open();
                GatherColumnMajor(stream, header, pass, store);
            }
            return store;
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>All values of an array, in place.</summary>
    public static byte[] Ordered(NpyHeader header, byte[] data)
    {
        if (header.IsFortranOrder)
            data = RowMajor(data, header.Shape, header.ElementSize);
        ToLittleEndian(header, data);
        return data;
    }

    public static void ToLittleEndian(NpyHeader header, Span<byte> values)
    {
        if (!header.IsBigEndian)
            return;
        for (int at = 0; at < values.Length; at += header.ElementSize)
            values.Slice(at, header.ElementSize).Reverse();
    }

    private static void GatherRowMajor(Stream stream, NpyHeader header, IReadOnlyList<int> rows, RowStore store)
    {
        byte[] skipped = new byte[Math.Min(header.RowLength, ChunkLength)];
        int next = 0;
        foreach (int row in rows)
        {
            for (long left = (row - next) * header.RowLength; left > 0; left -= Math.Min(left, skipped.Length))
                stream.ReadExactly(skipped.AsSpan(0, (int)Math.Min(left, skipped.Length)));
            byte[] data = new byte[header.RowLength];
            stream.ReadExactly(data);
            ToLittleEndian(header, data);
            store.Add(row, data);
            next = row + 1;
        }
    }

    /// <summary>The first index runs fastest: one value of every row, then the next of every row.</summary>
    private static void GatherColumnMajor(Stream stream, NpyHeader header, int[] rows, RowStore store)
    {
        int size = header.ElementSize;
        long count = header.Shape[0];
        byte[][] gathered = [.. rows.Select(_ => new byte[header.RowLength])];
        byte[] chunk = new byte[Math.Min(count, ChunkLength) * size];
        for (int element = 0; element < header.RowLength; element += size)
        {
            int wanted = 0;
            long first = 0;
            while (first < count)
            {
                int length = (int)Math.Min(count - first, chunk.Length / size);
                stream.ReadExactly(chunk.AsSpan(0, length * size));
                for (; wanted < rows.Length && rows[wanted] < first + length; wanted++)
                    chunk.AsSpan((int)(rows[wanted] - first) * size, size).CopyTo(gathered[wanted].AsSpan(element));
                first += length;
            }
        }
        for (int i = 0; i < rows.Length; i++)
        {
            byte[] data = RowMajor(gathered[i], [.. header.Shape.Skip(1)], size);
            ToLittleEndian(header, data);
            store.Add(rows[i], data);
        }
    }

    private static byte[] RowMajor(byte[] columnMajor, IReadOnlyList<long> shape, int size)
    {
        if (shape.Count < 2)
            return columnMajor;
        byte[] result = new byte[columnMajor.Length];
        long[] index = new long[shape.Count];
        long[] strides = new long[shape.Count];
        for (long axis = 0, stride = size; axis < shape.Count; stride *= shape[(int)axis++])
            strides[axis] = stride;
        long source = 0;
        for (int at = 0; at < result.Length; at += size)
        {
            columnMajor.AsSpan((int)source, size).CopyTo(result.AsSpan(at));
            for (int axis = shape.Count - 1; axis >= 0; axis--)
            {
                source += strides[axis];
                if (++index[axis] < shape[axis])
                    break;
                source -= strides[axis] * shape[axis];
                index[axis] = 0;
            }
        }
        return result;
    }
}
