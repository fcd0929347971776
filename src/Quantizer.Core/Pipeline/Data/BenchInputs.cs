using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples.Records;

namespace Quantizer.Pipeline.Data;

/// <summary>What models are measured on: the first sample of the data or zeros, as often as the batch is large.</summary>
internal static class BenchInputs
{
    /// <summary>One sample, with what it is in words.</summary>
    /// <exception cref="UsageException">Without data, a size or a type leaves open what to feed.</exception>
    /// <exception cref="QuantizationException">The data cannot be used.</exception>
    public static (IReadOnlyDictionary<string, TensorValue> Sample, string Words) Of(
        SourceModel model,
        BenchOptions options,
        CancellationToken cancellation
    )
    {
        if (options.DataPaths.Count == 0)
            return (Zeros(model.Session, model.Path, options.Shapes, ", or data with --data"), "zeros");
        if (options.Shapes.Count > 0)
        {
            throw new UsageException(
                "Options '--shape' and '--data' contradict each other: data have shapes of their own. Give one of them."
            );
        }

        DataOpening opening = new(model.Model, model.Session, model.Path, options.Pictures, options.Inputs, threads: 0);
        using DataSet data = opening.Open(options.DataPaths, labelsPath: null, count: 1, seed: 0, cancellation);
        return (data.FirstInputs, $"the first sample of {string.Join(", ", options.DataPaths)}");
    }

    /// <summary>The sample so many times in every input whose first axis is open.</summary>
    public static IReadOnlyDictionary<string, TensorValue> Batched(
        InferenceModel model,
        IReadOnlyDictionary<string, TensorValue> sample,
        int batch
    )
    {
        HashSet<string> open = [.. model.Inputs.Where(input => input.Shape is null or [{ Size: null }, ..]).Select(input => input.Name)];
        return sample.ToDictionary(
            input => input.Key,
            input =>
                open.Contains(input.Key) && input.Value.Shape is [1, ..]
                    ? FixedBatch.Filled(new Dictionary<string, TensorValue> { [input.Key] = input.Value }, batch)[input.Key]
                    : input.Value
        );
    }

    /// <summary>One sample of zeros.</summary>
    /// <param name="shapes">What was given, by input.</param>
    /// <param name="orElse">What helps beside shapes, behind a comma; empty: nothing.</param>
    /// <exception cref="UsageException">A size or a type leaves open what to feed, or there is no input of a name.</exception>
    /// <exception cref="QuantizationException">An input takes strings.</exception>
    public static IReadOnlyDictionary<string, TensorValue> Zeros(
        InferenceModel model,
        string path,
        IReadOnlyDictionary<string, IReadOnlyList<long>> shapes,
        string orElse
    )
    {
        IReadOnlyList<TensorSignature> declared = FixedBatch.SampleInputs(model);
        if (shapes.Keys.FirstOrDefault(name => declared.All(input => input.Name != name)) is { } unknown)
        {
            throw new UsageException(
                $"Option '--shape' names '{unknown}'; inputs of '{path}' are "
                    + $"{string.Join(", ", declared.Select(input => $"'{input.Name}'"))}."
            );
        }

        TensorSignature[] inputs =
        [
            .. declared.Select(input =>
                shapes.TryGetValue(input.Name, out IReadOnlyList<long>? sizes)
                    ? input with
                    {
                        Shape = [.. sizes.Select(size => new Dimension(size))],
                    }
                    : input
            ),
        ];
        TextInputs.Refuse(inputs);
        return ZeroInputs.Of(inputs) ?? throw new UsageException(Questions(inputs, orElse));
    }

    /// <summary>Which sizes are open, and how they are given; empty where none is.</summary>
    public static string Questions(IEnumerable<TensorSignature> inputs, string orElse) =>
        string.Join(' ', inputs.Where(IsOpen).Select(input => Question(input, orElse)));

    private static bool IsOpen(TensorSignature input) => ZeroInputs.Of([input]) is null;

    private static string Question(TensorSignature input, string orElse)
    {
        if (input.Type is ElementType.String or ElementType.Undefined)
        {
            return $"Input '{input.Name}' takes {input.Type.ToString().ToLowerInvariant()} values, of which there are no zeros"
                + (orElse.Length == 0 ? "." : ". Give data with --data.");
        }
        if (input.Shape is not { } shape)
            return $"Input '{input.Name}' has no declared shape. Give one with --shape {input.Name}=1,...{orElse}.";
        string open = string.Join(
            ", ",
            shape
                .Index()
                .Skip(1)
                .Where(axis => axis.Item.Size is null)
                .Select(axis => axis.Item.Symbol is { } symbol ? $"'{symbol}'" : $"axis {axis.Index}")
        );
        string example = string.Join(
            ',',
            shape.Select((axis, i) => axis.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? (i == 0 ? "1" : "N"))
        );
        return $"Input '{input.Name}' [{string.Join(", ", shape)}] leaves open {open}. Give sizes with "
            + $"--shape {input.Name}={example}{orElse}.";
    }
}
