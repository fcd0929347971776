using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting.Converters;

/// <summary>"classes", "boxes"</summary>
internal sealed class TaskConverter() : WordConverter<TaskKind>(TaskTable.Words);
