using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>
/// Models that take exactly so many samples at once, fed with one: the batch is filled up with it, and of the outputs the first row is
/// the sample's. Only for models whose inputs and outputs all have the batch in front.
/// </summary>
internal static class FixedBatch
{
    /// <summary>Of pictures; signals may come three at a time, and have few values each.</summary>
    private const int LeastSide = 16;

    /// <summary>The inputs as single samples are given: the first axis is open where the batch is fixed in every input and
    /// output.</summary>
    public static IReadOnlyList<TensorSignature> SampleInputs(InferenceModel model)
    {
        if (SizeOf(model.Inputs) is not { } size)
            return model.Inputs;
        if (model.Outputs.Any(output => output.Shape is not [{ Size: var first }, ..] || first != size))
            return model.Inputs;
        return [.. model.Inputs.Select(input => input with { Shape = [Dimension.Unknown, .. input.Shape!.Skip(1)] })];
    }

    /// <summary>The number of samples that inputs must be filled up to; 1 where they fit as they are.</summary>
    public static int MissingFactor(InferenceModel model, IReadOnlyDictionary<string, TensorValue> inputs) =>
        MissingFactor(model.Inputs, inputs);

    /// <param name="declared">The model's inputs.</param>
    /// <param name="inputs">What it is to be fed with.</param>
    public static int MissingFactor(IReadOnlyList<TensorSignature> declared, IReadOnlyDictionary<string, TensorValue> inputs) =>
        SizeOf(declared) is { } size && inputs.Values.All(input => input.Shape is [1, ..]) ? (int)size : 1;

    /// <summary>Every input so many times, one behind the other.</summary>
    public static IReadOnlyDictionary<string, TensorValue> Filled(IReadOnlyDictionary<string, TensorValue> inputs, int factor)
    {
        if (factor == 1)
            return inputs;
        return inputs.ToDictionary(
            input => input.Key,
            input =>
            {
                byte[] data = new byte[input.Value.Data.Length * factor];
                Fill(data, input.Value.Data.Span);
                return input.Value with { Shape = [factor, .. input.Value.Shape.Skip(1)], Data = data };
            }
        );
    }

    /// <summary>Whether single samples can be rows of one batch: the same inputs, of the same types and shapes.</summary>
    public static bool CanJoin(IReadOnlyList<IReadOnlyDictionary<string, TensorValue>> samples) =>
        samples.All(sample =>
            sample.Count == samples[0].Count
            && sample.All(input =>
                samples[0].TryGetValue(input.Key, out TensorValue? first)
                && input.Value.Type == first.Type
                && input.Value.Shape.SequenceEqual(first.Shape)
                && input.Value.Data.Length == first.Data.Length
            )
        );

    /// <summary>A batch of the samples, filled up with the last of them.</summary>
    public static IReadOnlyDictionary<string, TensorValue> Joined(
        IReadOnlyList<IReadOnlyDictionary<string, TensorValue>> samples,
        int factor
    ) =>
        samples[0]
            .ToDictionary(
                input => input.Key,
                input =>
                {
                    int length = input.Value.Data.Length;
                    byte[] data = new byte[length * factor];
                    for (int row = 0; row < factor; row++)
                        samples[Math.Min(row, samples.Count - 1)][input.Key].Data.Span.CopyTo(data.AsSpan(row * length));
                    return input.Value with { Shape = [factor, .. input.Value.Shape.Skip(1)], Data = data };
                }
            );

    /// <summary>What one sample of a batch has of an output: its row, or all of what has no row for each sample.</summary>
    public static TensorValue RowOf(TensorValue output, int row, int factor)
    {
        if (output.Shape is not [var first, ..] || first != factor)
            return output;
        int length = output.Data.Length / factor;
        return output with { Shape = [1, .. output.Shape.Skip(1)], Data = output.Data.Slice(row * length, length) };
    }

    /// <summary>The only number of samples that the model takes at once; null: any.</summary>
    public static long? OnlyBatch(InferenceModel model)
    {
        if (SizeOf(model.Inputs) is { } several)
            return several;
        bool isOpen = model.Inputs.Any(input => input.Shape is null or [{ Size: null }, ..] && !IsOnePicture(input.Shape));
        return isOpen ? null : 1;
    }

    /// <summary>Shows the first row of outputs that have a row for each sample, all else as it is.</summary>
    public static OutputVisitor FirstOf(OutputVisitor visitor, int factor) =>
        factor == 1
            ? visitor
            : (name, type, shape, data) =>
            {
                if (shape.Count > 0 && shape[0] == factor)
                    visitor(name, type, [1, .. shape.Skip(1)], data[..(data.Length / factor)]);
                else
                    visitor(name, type, shape, data);
            };

    /// <summary>[3, height, width] or [height, width, 3], as torchvision's detectors take one picture.</summary>
    private static bool IsOnePicture(IReadOnlyList<Dimension>? shape) =>
        shape is [{ Size: 3 }, { Size: >= LeastSide or null }, { Size: >= LeastSide or null }]
        || shape is [{ Size: >= LeastSide or null }, { Size: >= LeastSide or null }, { Size: 3 }];

    private static void Fill(Span<byte> target, ReadOnlySpan<byte> sample)
    {
        for (int start = 0; start < target.Length; start += sample.Length)
            sample.CopyTo(target[start..]);
    }

    /// <summary>The size of the first axis of every input; null where it is open, one, or not the same, or where it is no batch.</summary>
    private static long? SizeOf(IReadOnlyList<TensorSignature> inputs)
    {
        // A sound, or a row of numbers, is one sample.
        if (inputs.Any(input => IsOnePicture(input.Shape)) || !inputs.Any(input => input.Shape is { Count: > 1 }))
            return null;
        long?[] sizes = [.. inputs.Select(input => input.Shape is [{ Size: var size }, ..] ? size : null).Distinct()];
        return sizes is [> 1 and var size] ? size : null;
    }
}
