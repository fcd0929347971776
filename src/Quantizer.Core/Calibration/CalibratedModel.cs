using Quantizer.Calibration.Running;
using Quantizer.Calibration.Statistics;
using Quantizer.Placement;

namespace Quantizer.Calibration;

/// <summary>A placed model with what its tensors held over the calibration samples.</summary>
/// <param name="Run">Null where nothing is quantized, so that nothing was observed.</param>
internal sealed record CalibratedModel(PlacedModel Placed, CalibrationRun? Run)
{
    private static readonly CalibrationStatistics Nothing = new(new Dictionary<string, TensorStatistics>(), 0);

    public CalibrationStatistics Statistics => Run?.Statistics ?? Nothing;

    /// <summary>Whether what was observed serves a placement, too: it observes nothing else.</summary>
    public bool Serves(PlacedModel placed) => placed.Sites.Observed.All(Statistics.Tensors.ContainsKey);
}
