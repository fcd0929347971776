namespace Quantizer.Equalization.Channels;

/// <summary>
/// Which scale each value of a tensor has. Along most axes (samples, positions, pixels) it is the same, and the layout has a size of one
/// there; along the axis of channels each index has a variable of its own.
/// </summary>
internal sealed class ChannelLayout
{
    private ChannelLayout(int[] sizes, int[] variables) => (Sizes, Variables) = (sizes, variables);

    /// <summary>By axis: the tensor's size where scales differ along it, else one.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Variables by position, in row-major order over <see cref="Sizes"/>.</summary>
    public IReadOnlyList<int> Variables { get; }

    public int Rank => Sizes.Count;

    /// <summary>One variable for all values.</summary>
    public bool IsUniform => Variables.Count == 1;

    /// <summary>The only axis along which variables differ; null where there is none, or more than one.</summary>
    public int? Axis => Sizes.Count(size => size > 1) == 1 ? Sizes.Index().First(size => size.Item > 1).Index : null;

    public static ChannelLayout Uniform(int rank, int variable) => new([.. Enumerable.Repeat(1, rank)], [variable]);

    /// <summary>A variable for each index of one axis.</summary>
    public static ChannelLayout Along(int rank, int axis, IReadOnlyList<int> variables)
    {
        int[] sizes = [.. Enumerable.Repeat(1, rank)];
        sizes[axis] = variables.Count;
        return new ChannelLayout(sizes, [.. variables]);
    }

    /// <summary>The layout of a tensor, from the variable of each of its values: the shortest that says the same.</summary>
    public static ChannelLayout Of(IReadOnlyList<long> shape, int[] values)
    {
        int[] sizes = [.. shape.Select(size => (int)size)];
        for (int axis = 0; axis < sizes.Length; axis++)
            values = WithoutRepetition(sizes, values, axis);
        return new ChannelLayout(sizes, values);
    }

    /// <summary>The variable of every value of a tensor, in row-major order.</summary>
    public int[] Spread(IReadOnlyList<long> shape)
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        int[] values = new int[count];
        if (IsUniform)
        {
            Array.Fill(values, Variables[0]);
            return values;
        }
        long[] steps = StepsIn(shape);
        long[] index = new long[shape.Count];
        long at = 0;
        for (long i = 0; i < count; i++)
        {
            values[i] = Variables[(int)at];
            for (int axis = shape.Count - 1; axis >= 0; axis--)
            {
                at += steps[axis];
                if (++index[axis] < shape[axis])
                    break;
                at -= steps[axis] * index[axis];
                index[axis] = 0;
            }
        }
        return values;
    }

    /// <summary>The same values under another shape.</summary>
    public ChannelLayout Reshaped(IReadOnlyList<long> from, IReadOnlyList<long> to) =>
        IsUniform ? Uniform(to.Count, Variables[0]) : Of(to, Spread(from));

    /// <summary>The axes in another order: axis i of the result is axis order[i] of this one.</summary>
    public ChannelLayout Transposed(IReadOnlyList<int> order)
    {
        int[] sizes = [.. order.Select(axis => Sizes[axis])];
        long[] steps = StepsIn([.. Sizes.Select(size => (long)size)]);
        int[] variables = new int[Variables.Count];
        int[] index = new int[sizes.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            long at = 0;
            for (int axis = 0; axis < sizes.Length; axis++)
                at += index[axis] * steps[order[axis]];
            variables[i] = Variables[(int)at];
            for (int axis = sizes.Length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--)
                index[axis] = 0;
        }
        return new ChannelLayout(sizes, variables);
    }

    /// <summary>Some indices of one axis.</summary>
    public ChannelLayout Selected(int axis, IReadOnlyList<int> indices)
    {
        if (Sizes[axis] == 1)
            return this;
        long[] shape = [.. Sizes.Select(size => (long)size)];
        shape[axis] = indices.Count;
        int inner = Sizes.Skip(axis + 1).Aggregate(1, (product, size) => product * size);
        int outer = Sizes.Take(axis).Aggregate(1, (product, size) => product * size);
        int[] values = new int[outer * indices.Count * inner];
        int next = 0;
        for (int before = 0; before < outer; before++)
        {
            foreach (int index in indices)
            {
                for (int behind = 0; behind < inner; behind++)
                    values[next++] = Variables[(before * Sizes[axis] + index) * inner + behind];
            }
        }
        return Of(shape, values);
    }

    /// <summary>With axes of size one put in front until the rank is reached, as broadcasting does.</summary>
    public ChannelLayout Extended(int rank) =>
        rank <= Rank ? this : new ChannelLayout([.. Enumerable.Repeat(1, rank - Rank), .. Sizes], [.. Variables]);

    /// <summary>Without an axis along which nothing differs.</summary>
    public ChannelLayout Without(int axis) => new([.. Sizes.Where((_, other) => other != axis)], [.. Variables]);

    /// <summary>The same layout with other variables in the places of these.</summary>
    public ChannelLayout Mapped(Func<int, int> variable) => new([.. Sizes], [.. Variables.Select(variable)]);

    /// <summary>By axis of a shape: how far the variable of the next index lies.</summary>
    private long[] StepsIn(IReadOnlyList<long> shape)
    {
        long[] steps = new long[shape.Count];
        long step = 1;
        for (int axis = shape.Count - 1; axis >= 0; axis--)
        {
            steps[axis] = Sizes[axis] == 1 ? 0 : step;
            step *= Sizes[axis];
        }
        return steps;
    }

    private static int[] WithoutRepetition(int[] sizes, int[] values, int axis)
    {
        int size = sizes[axis],
            inner = sizes.Skip(axis + 1).Aggregate(1, (product, length) => product * length);
        int outer = size == 0 ? 0 : values.Length / (size * inner);
        for (int before = 0; before < outer; before++)
        {
            ReadOnlySpan<int> first = values.AsSpan(before * size * inner, inner);
            for (int index = 1; index < size; index++)
            {
                if (!first.SequenceEqual(values.AsSpan((before * size + index) * inner, inner)))
                    return values;
            }
        }
        int[] kept = new int[outer * inner];
        for (int before = 0; before < outer; before++)
            values.AsSpan(before * size * inner, inner).CopyTo(kept.AsSpan(before * inner));
        sizes[axis] = 1;
        return kept;
    }
}
