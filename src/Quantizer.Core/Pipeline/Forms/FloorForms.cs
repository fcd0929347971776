using Quantizer.Placement;

namespace Quantizer.Pipeline.Forms;

/// <summary>The forms in which a network may keep its floor.</summary>
/// <param name="run">What fell below it.</param>
internal sealed class FloorForms(FloorSubject subject, QuantizedRun run, Quantization quantization)
{
    /// <summary>Weights of 4 bits were asked for: those of 8 are what parts are given back to.</summary>
    public bool AreOfBlocks => run.Plain.Options.Storage == WeightStorage.Int4;

    public QuantizedRun InFloat() => Recorrected(run, Placer.WithFloat(run.Plain, Reasons(run.Sites.WeightedNodes)));

    /// <summary>With all weights stored, and no more.</summary>
    public QuantizedRun Stored() =>
        quantization.Stored(
            run,
            subject.Calibration,
            subject.Compared.Sample,
            AreOfBlocks ? null : "with any arithmetic in integers the network falls below its floor"
        );

    /// <summary>That, with the weights of some nodes in float again.</summary>
    public QuantizedRun Stored(QuantizedRun stored, IReadOnlyList<string> unstored) =>
        Recorrected(stored, Placer.WithFloat(stored.Placement.Placed, Reasons(unstored)));

    /// <summary>With the arithmetic of some nodes in float.</summary>
    /// <param name="unstored">Nodes whose weights are in float as well, where they are given back.</param>
    public QuantizedRun Mixed(IReadOnlyList<string> nodes, IReadOnlyList<string> unstored)
    {
        PlacedModel placed = Placer.WithFloat(run.Placement.Placed, Reasons(nodes.Intersect(unstored)));
        // By the nodes alone, so that whoever repeats it with the same ones gets the same numbers.
        return Recorrected(run, Placer.WithStored(placed, Reasons(nodes.Except(unstored), areStored: true)));
    }

    private QuantizedRun Recorrected(QuantizedRun known, PlacedModel placed) =>
        quantization.Recorrected(known, placed, subject.Calibration, subject.Compared.Sample);

    private Dictionary<string, string> Reasons(IEnumerable<string> nodes, bool areStored = false) =>
        nodes.ToDictionary(
            node => node,
            _ =>
                AreOfBlocks && areStored
                    ? "in 8 bits, because with its weights in 4 the network falls below its floor"
                    : "given back to float: with it in integers the network falls below its floor"
        );
}
