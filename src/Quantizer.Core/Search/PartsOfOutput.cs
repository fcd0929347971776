using Quantizer.Comparison.Tasks;

namespace Quantizer.Search;

/// <summary>The parts of different kinds that an output joins, such as boxes and scores, each of which counts as much as a whole output;
/// none: it is one.</summary>
internal delegate IReadOnlyList<OutputPart> PartsOfOutput(string output, IReadOnlyList<long> shape);
