using Quantizer.Pictures;

namespace Quantizer.Preprocessing.Sizes;

/// <summary>A size that a classifier may want where it leaves its own open.</summary>
/// <param name="Input">The model's input at that size.</param>
/// <param name="Reason">Why the model might want it, for messages.</param>
/// <param name="IsEvidence">So many networks of its kind are fed it that it counts where the tests leave it in question.</param>
internal sealed record SizeCandidate(PictureInput Input, string Reason, bool IsEvidence = false)
{
    /// <summary>192x48, or what each picture keeps of its own.</summary>
    public string Name => Input.Geometry(new PictureOptions()).SizeText;

    /// <summary>The option that fixes it; null: pictures keep their own sizes, which no option says.</summary>
    public string? Flag => Input is { Width: { } width, Height: { } height } ? $"--size {width}x{height}" : null;

    /// <summary>Of one picture: how much work it is for the network. An own side is taken to be as long as the other.</summary>
    public long Pixels => (long)(Input.Width ?? Input.Height ?? 0) * (Input.Height ?? Input.Width ?? 0);

    /// <summary>A preparation's geometry at this size.</summary>
    public PictureGeometry Geometry(PictureGeometry geometry) =>
        geometry with
        {
            Width = Input.Width ?? 0,
            Height = Input.Height ?? 0,
            Own = Input.Geometry(new PictureOptions()).Own,
        };
}
