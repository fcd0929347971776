using Quantizer.Placement;

namespace Quantizer.Pipeline.Forms;

/// <summary>A form of the whole network that was taken instead of integers with fixed ranges.</summary>
/// <param name="StaticDb">Signal over error at the outputs, on calibration samples, with fixed ranges.</param>
/// <param name="ChosenDb">With this form.</param>
internal sealed record FormChoice(ActivationMode Mode, double StaticDb, double ChosenDb);
