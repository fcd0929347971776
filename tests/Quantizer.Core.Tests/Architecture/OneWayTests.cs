using System.Text.RegularExpressions;

namespace Quantizer.Core.Tests.Architecture;

/// <summary>Things that every stage does are done in one way, in one file.</summary>
public class OneWayTests
{
    [Theory]
    // What is left out silently in one stage and ends the run in another is nobody's policy.
    [InlineData("leaving a broken sample out", @"catch \(BrokenSampleException\b", "src/Quantizer.Core/Samples/SampleReader.cs")]
    // Else each stage needs its own proof that cancelling works, failures arrive and speed does not show.
    [InlineData(
        "working on several threads",
        @"\bParallel\.\w|\bTask\.(Run|Factory)\b|\bnew Thread\(|\bThreadPool\.|\bThread \w+ = new\(",
        "src/Quantizer.Core/Samples/SampleWorkers.cs"
    )]
    public void There_is_one_way(string what, string pattern, string way)
    {
        string[] users = [.. SourceFile.All.Where(file => Regex.IsMatch(file.Code, pattern)).Select(file => file.Path)];

        Assert.True(users is [string user] && user == way, $"For {what} there is {way}; found: {string.Join(", ", users)}.");
    }
}
