using Quantizer.Pipeline;

namespace Quantizer.Cli.Progress;

/// <summary>Shows a run while it lasts; disposed before anything else is printed.</summary>
internal interface IRunObserver : IProgressObserver, IDisposable;
