using Quantizer.Reporting.Inspections;
using Quantizer.Reporting.Page.Tables;

namespace Quantizer.Reporting.Page.Inspections;

/// <summary>The operators of the file, and how the work is spread over them.</summary>
internal static class InspectedOperators
{
    private static readonly Column[] Work = [new("work", ColumnKind.Number), new("", ColumnKind.Bar)];
    private static readonly Cell[] NoCells = [];

    public static void Write(ModelInspection inspection, PageText page)
    {
        IReadOnlyList<OperatorShare> operators = OperatorShare.Of(inspection);
        bool isKnown = operators.Any(type => type.Share is not null);
        string caption =
            !isKnown ? "Nodes of the file by operator"
            : inspection.Macs is null ? "Nodes of the file and share of the multiply-accumulates, as far as they are known"
            : "Nodes of the file and share of the multiply-accumulates";
        PageTable.Write(
            page,
            "operator-table",
            caption,
            [new("operator"), new("nodes", ColumnKind.Number), .. isKnown ? Work : []],
            operators,
            type =>
                [type.OpType, Cell.Count(type.Nodes), .. type.Share is { } share ? [new Cell(type.Text, share), Cell.Bar(share)] : NoCells]
        );
    }
}
