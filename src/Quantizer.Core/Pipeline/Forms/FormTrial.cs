using Quantizer.Calibration;
using Quantizer.Isolation;
using Quantizer.Search;

namespace Quantizer.Pipeline.Forms;

/// <summary>Another form of the whole network with its best plan.</summary>
internal sealed record FormTrial(OtherForm Form, RunnablePlacement Placement, CalibratedModel Calibrated, SearchResult Found)
{
    /// <summary>Whether it keeps more at the outputs than a plan with fixed ranges, by more than so many dB and by what its form
    /// costs.</summary>
    public bool IsBetter(double staticDb, double leastDb) => Found.SqnrDb > staticDb + Math.Max(leastDb, Form.CostDb);
}
