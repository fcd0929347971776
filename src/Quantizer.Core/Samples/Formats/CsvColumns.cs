using System.Globalization;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>Which columns of a table make up which array.</summary>
/// <param name="All">Those of inputs, then others.</param>
/// <param name="Header">The names of all columns.</param>
internal sealed record CsvColumns(IReadOnlyList<CsvColumns.Group> All, CsvHeader Header)
{
    /// <summary>A longer list tells no more.</summary>
    private const int MostNames = 16;

    private static readonly string[] OfNoInput = ["target", "targets", "class", "output", "y_true", "id", "index", "split"];

    /// <summary>What the user should know of how the table is read.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    public Group this[string name] => All.First(group => group.Name == name);

    /// <exception cref="QuantizationException">An input's columns are not as many as its values, or not numbered from 0.</exception>
    public static CsvColumns Of(CsvHeader header, string path, DataRequest request)
    {
        string[] names = [.. header.Names];
        List<string> notes = header.IsThere ? [] : ["The table has no header: its first line is numbers, and a sample."];
        // The label's name is settled as for every format, among names that could be anything.
        Dictionary<string, int[]> ofInputs = request
            .Inputs.Select(input => (input.Name, Columns: ColumnsOf(input.Name, names, path)))
            .Where(found => found.Columns.Length > 0)
            .ToDictionary(found => found.Name, found => found.Columns);
        string? label = request.Match([.. names.Distinct()]).Label;
        HashSet<int> used = [.. ofInputs.Values.SelectMany(columns => columns)];
        int[] rest = [.. Enumerable.Range(0, names.Length).Where(column => !used.Contains(column) && names[column] != label)];
        TensorSignature[] needed = [.. request.Needed.Where(input => !ofInputs.ContainsKey(input.Name))];
        if (needed.Length == 0 && ofInputs.Count == 0)
            needed = [.. request.Inputs];
        if (needed.Length == 1 && rest.Length > 0)
        {
            ofInputs[needed[0].Name] = rest;
            if (request.Inputs.Count > 1)
            {
                string columns = rest.Length == 1 ? "column" : "columns",
                    feed = rest.Length == 1 ? "feeds" : "feed";
                notes.Add($"The {columns} {Listed(rest, names)} {feed} the input '{needed[0].Name}': there is no other.");
            }
            rest = [];
        }
        List<Group> groups = [.. ofInputs.Select(found => Fit(request[found.Key], found.Value, names, path))];
        if (label is not null)
            groups.Add(new Group(label, [Array.IndexOf(names, label)], []));
        groups.AddRange(rest.DistinctBy(column => names[column]).Select(column => new Group(names[column], [column], [])));
        return new CsvColumns(groups, header) { Notes = notes };
    }

    private static string Listed(IReadOnlyList<int> columns, string[] names)
    {
        string[] found = [.. columns.Select(column => $"'{names[column]}'")];
        return found.Length <= MostNames ? string.Join(", ", found) : $"{string.Join(", ", found[..(MostNames - 1)])}, ..., {found[^1]}";
    }

    private static Group Fit(TensorSignature input, int[] columns, string[] names, string path)
    {
        if (ShapeFit.OfFlat(columns.Length, input) is { } shape)
            return new Group(input.Name, columns, shape);
        string[] strangers = [.. columns.Select(column => names[column]).Where(IsOfNoInput).Select(name => $"'{name}'")];
        long? count = ShapeFit.CountOf(input);
        string remedy =
            columns.Length > count
                ? $"{count} value{(count == 1 ? "" : "s")}. Remove the columns that are none of them"
                    + $"{(strangers.Length > 0 ? $" ({string.Join(", ", strangers)}?)" : "")}, or call those of the input"
                : "another number of values. Expected a column per value, called";
        throw new QuantizationException(
            $"The file '{path}' has {columns.Length} columns for input {ShapeFit.Describe(input)}, which takes {remedy} "
                + $"{(count == 1 ? input.Name : $"{input.Name}.0, {input.Name}.1 and so on")}. Found {Listed(columns, names)}."
        );
    }

    /// <summary>What the tables that models are trained on call what they learn, and the rows.</summary>
    private static bool IsOfNoInput(string name) =>
        name.Length == 0
        || OfNoInput.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.StartsWith("Unnamed", StringComparison.Ordinal);

    /// <summary>The column of the input's name, or its numbered ones in the order of their numbers.</summary>
    private static int[] ColumnsOf(string input, string[] names, string path)
    {
        if (Array.IndexOf(names, input) is >= 0 and int whole)
            return [whole];
        (int Number, int Column)[] numbered =
        [
            .. names
                .Index()
                .Select(name => (Number: NumberOf(name.Item, input), Column: name.Index))
                .Where(column => column.Number >= 0)
                .OrderBy(column => column.Number),
        ];
        for (int i = 0; i < numbered.Length; i++)
        {
            if (numbered[i].Number != i)
            {
                throw new QuantizationException(
                    $"The file '{path}' has no column '{input}.{i}', or two: the columns of an input are numbered from 0, each once."
                );
            }
        }
        return [.. numbered.Select(column => column.Column)];
    }

    /// <summary>12 of "input.12", "input[12]" and "input_12"; less than 0 of anything else.</summary>
    internal static int NumberOf(string name, string input)
    {
        if (name.Length < input.Length + 2 || !name.StartsWith(input, StringComparison.Ordinal) || !"._[".Contains(name[input.Length]))
            return -1;
        string number = name[(input.Length + 1)..];
        if (name[input.Length] == '[')
            number = number.EndsWith(']') ? number[..^1] : "";
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1;
    }

    /// <summary>The columns of an array, in the order of its values.</summary>
    internal sealed record Group(string Name, IReadOnlyList<int> Columns, IReadOnlyList<long> Shape);
}
