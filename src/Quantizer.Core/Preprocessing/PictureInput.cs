using Quantizer.Graphs;
using Quantizer.Pictures;

namespace Quantizer.Preprocessing;

/// <summary>The model input that takes pictures: what its shape and the user say of size, layout and channels.</summary>
/// <param name="Channels">1 or 3.</param>
/// <param name="Width">Null: each picture's own; see <see cref="OwnSize"/>.</param>
/// <param name="Height">As <paramref name="Width"/>.</param>
internal sealed record PictureInput(string Name, ElementType Type, TensorLayout Layout, int Channels, int? Width, int? Height)
{
    private const int Rank = 4;
    private const string Arrays = "arrays in an .npz or .npy file";

    /// <summary>Whether the first axis counts pictures; detectors of torchvision take one picture as it is, [3, height, width].</summary>
    public bool HasBatchAxis { get; init; } = true;

    /// <summary>The geometry of pictures for this input.</summary>
    public PictureGeometry Geometry(PictureOptions options) =>
        new(
            Width ?? 0,
            Height ?? 0,
            options.Resize ?? ResizeConvention.Stretch,
            options.Interpolation ?? Interpolation.PillowBilinear,
            IsGray: Channels == 1
        )
        {
            CropRatio = options.CropRatio ?? PictureGeometry.UsualCropRatio,
            Own = Width is null || Height is null ? new OwnSize(Width is null, Height is null) : null,
        };

    /// <summary>Reads the only input of a model as one of pictures.</summary>
    /// <param name="inputs">The model's.</param>
    /// <param name="options">What is said of the pictures.</param>
    /// <param name="mayKeepSize">Pictures keep their own width or height where the model leaves it open and nothing is said of it; not for
    /// classifiers, which were trained on one size.</param>
    /// <exception cref="QuantizationException">The model has other inputs too, or this one takes no pictures, or its size is not
    /// known.</exception>
    public static PictureInput Of(IReadOnlyList<TensorSignature> inputs, PictureOptions options, bool mayKeepSize = false)
    {
        if (inputs.Count == 1)
            return Of(inputs[0], options, mayKeepSize);
        string found =
            inputs.Count == 0
                ? "The model has no inputs"
                : $"The model has {inputs.Count} inputs: "
                    + $"{string.Join(", ", inputs.Select(input => $"'{input.Name}' [{Describe(input)}]"))}";
        TensorSignature? pictures = inputs.FirstOrDefault(MayBePictures) ?? inputs.FirstOrDefault();
        throw new QuantizationException(
            $"{found}. A folder of pictures feeds one of them: name it, as in --calib {pictures?.Name ?? "NAME"}=FOLDER, and "
                + $"give each other input pictures or arrays of its own in the same way{Constants(inputs.Where(input => input != pictures))}."
        );
    }

    /// <summary>Sizes and factors of the pictures are usually the same for all.</summary>
    private static string Constants(IEnumerable<TensorSignature> others)
    {
        string[] options = [.. others.Where(input => !MayBePictures(input)).Select(input => $"--input {input.Name}=VALUE")];
        return options.Length == 0 ? "" : $", or one that is always the same with {string.Join(" and ", options)}";
    }

    private static bool MayBePictures(TensorSignature input) => input.Shape is { Count: Rank } || WithBatch(input.Shape) is not null;

    /// <summary>Reads an input as one of pictures: NCHW where its second axis has 1 or 3 values, NHWC where its last has. Of three axes the
    /// first or the last has the 3 channels of a picture without a batch.</summary>
    /// <exception cref="QuantizationException">It takes no pictures, or its size is not known.</exception>
    public static PictureInput Of(TensorSignature input, PictureOptions options, bool mayKeepSize = false)
    {
        bool hasBatchAxis = input.Shape is { Count: Rank };
        IReadOnlyList<Dimension>? shape = hasBatchAxis ? input.Shape : WithBatch(input.Shape);
        if (shape is null)
        {
            throw new QuantizationException(
                $"Input '{input.Name}' has the shape [{Describe(input)}]; pictures need four axes, [batch, 3, height, width] or [batch, "
                    + $"height, width, 3], or the last three of these. Give its data as an array in an .npz file."
            );
        }

        if (shape[0].Size is { } batch and not 1)
        {
            throw new QuantizationException(
                $"Input '{input.Name}' [{Describe(input)}] takes exactly {batch} pictures at once. Export the model with a batch of 1 or "
                    + $"a dynamic one, or give arrays [samples, {Describe(input)}] in an .npz file."
            );
        }

        TensorLayout layout = options.Layout ?? LayoutOf(input, shape);
        (Dimension channels, Dimension height, Dimension width) =
            layout == TensorLayout.Nchw ? (shape[1], shape[2], shape[3]) : (shape[3], shape[1], shape[2]);
        if (!MayBeChannels(channels))
        {
            string advice = MayBeChannels(shape[1]) || MayBeChannels(shape[3]) ? "Check --layout, or give" : "Give";
            throw new QuantizationException(
                $"Input '{input.Name}' [{Describe(input)}] has {channels} channels in layout {PictureWords.Of(layout)}; pictures have 1 "
                    + $"or 3. {advice} {Arrays}."
            );
        }

        int count = (int?)channels.Size ?? (options.Channels == ChannelOrder.Gray ? 1 : 3);
        return new PictureInput(
            input.Name,
            input.Type,
            layout,
            count,
            SizeOf(width, options.Size?.Width, input, "width", mayKeepSize),
            SizeOf(height, options.Size?.Height, input, "height", mayKeepSize)
        )
        {
            HasBatchAxis = hasBatchAxis,
        };
    }

    /// <summary>The shape of one colour picture with a batch of one; null where it is none.</summary>
    private static IReadOnlyList<Dimension>? WithBatch(IReadOnlyList<Dimension>? shape) =>
        shape is { Count: Rank - 1 } picture && (picture[0].Size == 3 || picture[^1].Size == 3) ? [new Dimension(1), .. picture] : null;

    private static TensorLayout LayoutOf(TensorSignature input, IReadOnlyList<Dimension> shape)
    {
        if (shape[1].Size is 1 or 3)
            return TensorLayout.Nchw;
        if (shape[3].Size is 1 or 3)
            return TensorLayout.Nhwc;
        string advice =
            MayBeChannels(shape[1]) || MayBeChannels(shape[3])
                ? "If it takes pictures say how with --layout; else give"
                : "Pictures cannot feed it: give its data as";
        throw new QuantizationException(
            $"Input '{input.Name}' [{Describe(input)}] has neither 1 nor 3 channels, second or last. {advice} {Arrays}."
        );
    }

    /// <summary>An open axis may be that of the channels, if the user says so.</summary>
    private static bool MayBeChannels(Dimension axis) => axis.Size is 1 or 3 or null;

    private static int? SizeOf(Dimension axis, int? asked, TensorSignature input, string side, bool mayBeOpen)
    {
        const int largest = 1 << 14;
        if (axis.Size is { } size)
        {
            if (asked is { } other && other != size)
            {
                throw new QuantizationException(
                    $"A {side} of {other} is asked for (by --size or {PreprocessorConfig.FileName}); input '{input.Name}' "
                        + $"[{Describe(input)}] takes {size} only. Say --size with the model's own, or leave it out."
                );
            }

            if (size is < 1 or > largest)
            {
                throw new QuantizationException(
                    $"Input '{input.Name}' [{Describe(input)}] has a {side} of {size}; pictures have 1 to {largest}."
                );
            }

            return (int)size;
        }
        if (asked is null && mayBeOpen)
            return null;
        if (asked is null)
        {
            throw new QuantizationException(
                $"Input '{input.Name}' [{Describe(input)}] leaves the {side} open. Say it with --size WIDTHxHEIGHT (for example --size "
                    + $"224x224)."
            );
        }

        return asked is >= 1 and <= largest
            ? asked.Value
            : throw new QuantizationException($"A {side} of {asked} is asked for; expected 1 to {largest}.");
    }

    private static string Describe(TensorSignature input) => input.Shape is null ? "?" : string.Join(", ", input.Shape);
}
