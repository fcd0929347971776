using Quantizer.Execution.Pieces;

namespace Quantizer.Details;

/// <summary>Some neighbouring tensors, with what makes them in either network.</summary>
/// <param name="Parts">By tensor; null where its node adds no error.</param>
internal sealed record PairedPiece(ModelPiece Fp32, ModelPiece Int8, IReadOnlyList<CommonTensor> Tensors, IReadOnlyList<OwnPart?> Parts)
{
    /// <summary>The parts as one piece, which nobody reads behind it.</summary>
    public ModelPiece Own
    {
        get
        {
            OwnPart[] parts = [.. Parts.OfType<OwnPart>()];
            string[] outputs = [.. parts.Select(part => part.Output)];
            return new ModelPiece(
                [.. parts.SelectMany(part => part.Nodes)],
                [.. parts.SelectMany(part => part.Inputs).Distinct()],
                outputs,
                outputs
            );
        }
    }
}
