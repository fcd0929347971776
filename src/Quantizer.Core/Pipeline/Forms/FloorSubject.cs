using Quantizer.Pipeline.Comparing;
using Quantizer.Pipeline.Data;
using Quantizer.Reporting;

namespace Quantizer.Pipeline.Forms;

/// <summary>What a network is held to its floor with.</summary>
/// <param name="Compared">What the floor is judged on.</param>
/// <param name="Calibration">What ranges are learnt from; null where none is.</param>
/// <param name="Time">For trying; what is begun is finished.</param>
internal sealed record FloorSubject(ComparedData Compared, DataSet? Calibration, TimeSpan Time)
{
    /// <summary>What became of it in the run that this one repeats; null: it repeats none.</summary>
    public FloorReport? Known { get; init; }
}
