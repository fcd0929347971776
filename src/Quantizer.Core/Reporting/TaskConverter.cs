using Quantizer.Comparison.Tasks;

namespace Quantizer.Reporting;

/// <summary>"classes", "boxes"</summary>
internal sealed class TaskConverter() : WordConverter<TaskKind>(TaskTable.Words);
