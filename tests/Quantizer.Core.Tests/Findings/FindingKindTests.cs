using System.Text.RegularExpressions;
using Quantizer.Core.Tests.Architecture;
using Quantizer.Findings;

namespace Quantizer.Core.Tests.Findings;

public partial class FindingKindTests
{
    [Fact]
    public void Every_code_is_one_of_its_own()
    {
        Assert.NotEmpty(FindingKind.All);
        Assert.All(FindingKind.All, kind => Assert.Matches("^QZ[1-9][0-9]{2}$", kind.Code));
        Assert.Equal(FindingKind.All.Count, FindingKind.All.Select(kind => kind.Code).Distinct().Count());
        Assert.Equal(FindingKind.All, FindingKind.All.OrderBy(kind => kind.Code, StringComparer.Ordinal));
    }

    [Fact]
    public void A_finding_has_its_kinds_code_and_severity()
    {
        Assert.Equal(
            new Finding(FindingSeverity.Warning, "latency", "It is slow.", "Keep FP32.", "QZ101"),
            FindingKind.SlowerThanFloat.Of("latency", "It is slow.", "Keep FP32.")
        );
    }

    /// <summary>Where findings are made any other way, one could be forgotten.</summary>
    [Fact]
    public void Only_kinds_make_findings()
    {
        Assert.All(
            SourceFile.All.Where(file => !file.Path.EndsWith("Findings/FindingKind.cs", StringComparison.Ordinal)),
            file => Assert.DoesNotMatch(MadeByHand(), file.Code)
        );
    }

    [GeneratedRegex(@"new Finding\(|new\(\s*FindingSeverity\.")]
    private static partial Regex MadeByHand();
}
