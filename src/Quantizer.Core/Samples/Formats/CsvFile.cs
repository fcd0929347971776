using System.Globalization;
using System.Runtime.InteropServices;
using nietras.SeparatedValues;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>
/// Comma- (or semicolon-, tab-, bar-) separated values, a sample a line, under a header (<see cref="CsvHeader"/>) or without one. Columns
/// are called like the input, or, where it has several values, NAME.0, NAME.1 and so on (or NAME[0], NAME_0). Where the model has one
/// input, its values may be called anything: all columns in order. A column `y`, `label` or `labels` holds class indices.
/// </summary>
internal sealed class CsvFile : ArrayFile
{
    private readonly CsvColumns _columns;
    private readonly int _rows;

    private CsvFile(string path, CsvColumns columns, int rows)
        : base(path)
    {
        _columns = columns;
        _rows = rows;
    }

    public override IReadOnlyList<string> Names => [.. _columns.All.Select(group => group.Name)];

    public override bool IsTable => true;

    public override IReadOnlyList<string> Notes => _columns.Notes;

    /// <exception cref="QuantizationException">There is nothing in it, or its columns do not fit the inputs.</exception>
    public static CsvFile Open(string path, DataRequest request)
    {
        CsvColumns columns = CsvColumns.Of(HeaderOf(path, request), path, request);
        using SepReader reader = Reader(path, columns.Header.IsThere);
        int rows = 0;
        Reading(
            path,
            () =>
            {
                foreach (SepReader.Row row in reader)
                    rows++;
            }
        );
        return rows > 0
            ? new CsvFile(path, columns, rows)
            : throw new QuantizationException($"The file '{path}' has a header and no lines below it. Expected a line per sample.");
    }

    public override string Describe(string name) => $"Column '{name}' of '{Path}'";

    public override ArrayHeader HeaderOf(string name) => new(ElementType.Double, [_rows, .. _columns[name].Shape]);

    public override IArrayRows Rows(string name, IReadOnlyList<int> rows)
    {
        CsvRows read = new();
        HashSet<int> wanted = [.. rows];
        int last = rows.Count == 0 ? -1 : rows[^1];
        using SepReader reader = Reader(Path, _columns.Header.IsThere);
        Reading(
            Path,
            () =>
            {
                int index = 0;
                foreach (SepReader.Row row in reader)
                {
                    if (wanted.Contains(index))
                        read.Add(index, row, _columns, _columns[name]);
                    if (index++ >= last)
                        break;
                }
            }
        );
        return read;
    }

    /// <summary>Of class indices, which must all be there; of values, a line is read at a time.</summary>
    public override byte[] ReadAll(string name)
    {
        double[] values = new double[_rows * _columns[name].Columns.Count];
        using IArrayRows rows = Rows(name, [.. Enumerable.Range(0, _rows)]);
        for (int row = 0; row < _rows; row++)
            MemoryMarshal.Cast<byte, double>(rows.Read(row).Span).CopyTo(values.AsSpan(row * _columns[name].Columns.Count));
        return MemoryMarshal.AsBytes<double>(values).ToArray();
    }

    public override void Dispose() { }

    private static CsvHeader HeaderOf(string path, DataRequest request)
    {
        // As a header, a line of which two numbers are equal would be refused.
        using SepReader reader = Reader(path, hasHeader: false);
        List<string> line = [];
        Reading(
            path,
            () =>
            {
                if (!reader.MoveNext())
                    return;
                for (int column = 0; column < reader.Current.ColCount; column++)
                    line.Add(reader.Current[column].ToString());
            }
        );
        return CsvHeader.Of(line, request);
    }

    private static SepReader Reader(string path, bool hasHeader)
    {
        SepReader? reader = null;
        Reading(
            path,
            () =>
                reader = Sep.Reader(options =>
                        options with
                        {
                            CultureInfo = CultureInfo.InvariantCulture,
                            HasHeader = hasHeader,
                            // A line with a cell more or less is one broken sample.
                            DisableColCountCheck = true,
                            Unescape = true,
                            Trim = SepTrim.All,
                        }
                    )
                    .FromFile(path)
        );
        return reader!;
    }

    /// <summary>The reader's own exceptions are of many types.</summary>
    private static void Reading(string path, Action read)
    {
        try
        {
            read();
        }
        catch (Exception error)
            when (error
                    is ArgumentException
                        or InvalidDataException
                        or NotSupportedException
                        or InvalidOperationException
                        or IOException
                        or UnauthorizedAccessException
                        or OverflowException
            )
        {
            throw new QuantizationException(
                $"The file '{path}' cannot be read as comma-separated values: {error.Message} Expected a header line and a line per sample.",
                error
            );
        }
    }
}
