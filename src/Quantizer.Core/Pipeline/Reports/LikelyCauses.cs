using Quantizer.Findings;

namespace Quantizer.Pipeline.Reports;

/// <summary>Puts what spoils a network before what follows from it: whoever reads that the answers differ should have read why, and is not
/// to try what would not cure it.</summary>
internal static class LikelyCauses
{
    /// <summary>Each spoils figures by itself, whatever ranges are chosen.</summary>
    private static readonly HashSet<string> Causes =
    [
        FindingKind.CutSums.Code,
        FindingKind.GuessedPreparation.Code,
        FindingKind.MistakenPreparation.Code,
        FindingKind.InterleavedColours.Code,
        FindingKind.RandomRanges.Code,
        FindingKind.RandomAnswers.Code,
    ];

    /// <summary>The same findings: causes before the first one that only has general advice, which names them instead. Others keep their
    /// order; where nothing needs a cause, all do.</summary>
    public static IReadOnlyList<Finding> First(IReadOnlyList<Finding> findings)
    {
        Finding[] causes = [.. findings.Where(finding => Causes.Contains(finding.Code))];
        if (causes.Length == 0 || !findings.Any(IsGeneral))
            return findings;
        string codes = string.Join(", ", causes.Select(cause => cause.Code).Distinct());
        return
        [
            .. findings.TakeWhile(finding => !IsGeneral(finding)).Except(causes),
            .. causes,
            .. findings
                .SkipWhile(finding => !IsGeneral(finding))
                .Except(causes)
                .Select(finding => IsGeneral(finding) ? finding with { Remedy = $"Mend the likely cause first: {codes}." } : finding),
        ];
    }

    private static bool IsGeneral(Finding finding) => finding.Remedy == RunFindings.Improve;
}
