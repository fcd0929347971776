using Quantizer.Graphs;

namespace Quantizer.Samples.Arrays;

/// <summary>Finds the array for each input of a model and checks that it fits.</summary>
internal static class ArrayBinding
{
    private static readonly string[] LabelNames = ["y", "labels", "label"];

    /// <exception cref="QuantizationException">Inputs without an array, or arrays of the wrong shape.</exception>
    public static IReadOnlyList<BoundArray> Bind(ArrayFile file, IReadOnlyList<TensorSignature> inputs)
    {
        Dictionary<string, string> arrays = Match(file, inputs);
        return [.. inputs.Select(input => Fit(input, arrays[input.Name], file))];
    }

    /// <summary>The array of class indices; null where there is none. An input of that name takes precedence.</summary>
    public static string? LabelArray(ArrayFile file, IReadOnlyList<TensorSignature> inputs) =>
        LabelNames.FirstOrDefault(name => file.Names.Contains(name) && inputs.All(input => input.Name != name));

    private static Dictionary<string, string> Match(ArrayFile file, IReadOnlyList<TensorSignature> inputs)
    {
        TensorSignature[] missing = [.. inputs.Where(input => !file.Names.Contains(input.Name))];
        if (missing.Length == 0)
            return inputs.ToDictionary(input => input.Name, input => input.Name);
        string? labels = LabelArray(file, inputs);
        string[] values = [.. file.Names.Where(name => name != labels)];
        // One array for one input needs no name; an .npy file has none to give.
        if (inputs.Count == 1 && values.Length == 1)
            return new Dictionary<string, string> { [inputs[0].Name] = values[0] };
        throw new QuantizationException(
            $"'{file.Path}' has no data for {Plural(missing.Length, "input")} {string.Join(", ", missing.Select(Describe))}. Found "
                + $"{Plural(values.Length, "array")} "
                + $"{string.Join(", ", values.Select(name => $"'{name}'"))}. Expected one array per input, named like it, in an .npz file; "
                + "recurrent state and other extra inputs are no exception."
        );
    }

    private static BoundArray Fit(TensorSignature input, string name, ArrayFile file)
    {
        NpyHeader header = file.HeaderOf(name);
        if (input.Shape is not { } shape)
            return new BoundArray(input, name, header, ArrayFeed.RowAsBatch, [1, .. header.Shape.Skip(1)]);
        if (shape.Count == 0 && header.Shape.Count == 0)
            return new BoundArray(input, name, header, ArrayFeed.Constant, []);
        if (
            header.Shape.Count == shape.Count
            && shape.Count > 0
            && shape[0].Size is null or 1
            && Agree(header.Shape.Skip(1), shape.Skip(1))
        )
        {
            return new BoundArray(input, name, header, ArrayFeed.RowAsBatch, [1, .. header.Shape.Skip(1)]);
        }

        if (header.Shape.Count == shape.Count + 1 && Agree(header.Shape.Skip(1), shape))
            return new BoundArray(input, name, header, ArrayFeed.Row, [.. header.Shape.Skip(1)]);
        throw new QuantizationException(
            $"{file.Describe(name)} has the shape {header}; input {Describe(input)} {Expected(shape)}.{Hint(header.Shape, shape)}"
        );
    }

    private static bool Agree(IEnumerable<long> found, IEnumerable<Dimension> expected) =>
        found.Zip(expected).All(pair => pair.Second.Size is not { } size || size == pair.First);

    private static string Describe(TensorSignature input) =>
        $"'{input.Name}' [{(input.Shape is null ? "?" : string.Join(", ", input.Shape))}]";

    private static string Expected(IReadOnlyList<Dimension> shape)
    {
        if (shape.Count == 0)
            return "is a scalar: expected [samples], or a scalar for all samples";
        string rest = string.Join(", ", shape.Skip(1));
        return shape[0].Size is { } fixedBatch and not 1
            ? $"takes no single samples: expected [samples, {string.Join(", ", shape)}], whole inputs of first axis {fixedBatch}"
            : $"expects [samples{(rest.Length > 0 ? ", " : "")}{rest}]";
    }

    private static string Hint(IReadOnlyList<long> found, IReadOnlyList<Dimension> expected)
    {
        const int PictureRank = 4;
        if (found.Count != PictureRank || expected.Count != PictureRank || expected.Skip(1).Any(dimension => dimension.Size is null))
            return "";
        long[] wanted = [.. expected.Skip(1).Select(dimension => dimension.Size!.Value)];
        if (wanted.SequenceEqual([found[3], found[1], found[2]]))
            return " The channels come last: save numpy.transpose(x, (0, 3, 1, 2)).";
        return wanted.SequenceEqual([found[2], found[3], found[1]])
            ? " The channels come first: save numpy.transpose(x, (0, 2, 3, 1))."
            : "";
    }

    private static string Plural(int count, string noun) => count == 1 ? noun : $"{noun}s";
}
