using Quantizer.Placement;
using Quantizer.Samples;
using Quantizer.Work;

namespace Quantizer.Equalization;

/// <summary>The shapes of a placed model's tensors for one sample.</summary>
internal sealed class NormalizedShapes(PlacedModel placed, Sample sample)
{
    private readonly Func<string, IReadOnlyList<long>?> _shapes = SampleShapes.Of(
        placed.Lowered.Model,
        placed.Lowered.SampleTensors,
        sample.Inputs,
        _ => true
    );

    public IReadOnlyList<long>? Of(string tensor) => tensor.Length == 0 ? null : _shapes(tensor);
}
