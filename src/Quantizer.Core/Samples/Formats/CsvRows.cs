using System.Runtime.InteropServices;
using nietras.SeparatedValues;

namespace Quantizer.Samples.Formats;

/// <summary>Lines of a table that were read, and what is wrong with those that could not be.</summary>
internal sealed class CsvRows : IArrayRows
{
    private readonly RowStore _store = new();
    private readonly Dictionary<int, string> _broken = [];

    public void Add(int index, SepReader.Row row, CsvColumns columns, CsvColumns.Group group)
    {
        IReadOnlyList<string> names = columns.Header.Names;
        if (row.ColCount != names.Count)
        {
            string first = columns.Header.IsThere ? "the header" : "the first line";
            _broken[index] = $"line {row.LineNumberFrom} has {row.ColCount} cells; {first} has {names.Count}";
            return;
        }
        double[] values = new double[group.Columns.Count];
        for (int i = 0; i < values.Length; i++)
        {
            int column = group.Columns[i];
            if (!row[column].TryParse(out values[i]))
            {
                string found = row[column].ToString();
                _broken[index] =
                    $"line {row.LineNumberFrom}, column '{names[column]}': found '{(found.Length <= 40 ? found : $"{found[..40]}...")}', expected a "
                    + "number";
                return;
            }
        }
        _store.Add(index, MemoryMarshal.AsBytes<double>(values).ToArray());
    }

    public ReadOnlyMemory<byte> Read(int row) =>
        _broken.TryGetValue(row, out string? reason) ? throw new BrokenSampleException($"row {row}", reason) : _store.Read(row);

    public void Dispose() => _store.Dispose();
}
