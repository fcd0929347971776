using Quantizer.Comparison.Tasks;

namespace Quantizer.Pipeline;

/// <summary>What the stages up to the written file gave.</summary>
internal sealed record RunResults(
    QuantizationOptions Options,
    SourceModel Source,
    QuantizedRun Quantized,
    WrittenModel Written,
    RunData Data,
    FoundTask Task
);
