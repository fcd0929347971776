using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Reporting.Converters;

/// <summary>"flags", "batch-normalization" and so on</summary>
internal sealed class GroundConverter() : WordConverter<ChoiceGround>(GroundWords.Table);
