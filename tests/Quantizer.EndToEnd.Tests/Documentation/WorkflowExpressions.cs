using System.Text.RegularExpressions;

namespace Quantizer.EndToEnd.Tests.Documentation;

/// <summary>The few forms of GitHub's expressions that the action and its example use; another one fails the test.</summary>
/// <param name="values">By their full names: <c>inputs.model</c>, <c>steps.run.outputs.size</c>.</param>
internal sealed partial class WorkflowExpressions(Func<string, string?> values)
{
    /// <summary>A text with its expressions replaced; what has no value is empty.</summary>
    public string Fill(string text) => Holes().Replace(text, hole => values(hole.Groups["name"].Value) ?? "");

    /// <summary>Whether a step runs.</summary>
    /// <param name="condition">Its <c>if</c>; null: none.</param>
    public bool Holds(string? condition, bool hasFailed)
    {
        if (condition is null)
            return !hasFailed;
        if (condition == "always()")
            return true;
        Match match = Comparison().Match(condition);
        Assert.True(match.Success, $"The condition '{condition}' has another form than the tests know.");
        bool isEqual = (values(match.Groups["name"].Value) ?? "") == match.Groups["value"].Value;
        return !hasFailed && isEqual == (match.Groups["operator"].Value == "==");
    }

    [GeneratedRegex(@"\$\{\{ (?<name>[\w.-]+) \}\}")]
    private static partial Regex Holes();

    [GeneratedRegex("^(?<name>[\\w.-]+) (?<operator>==|!=) '(?<value>[^']*)'$")]
    private static partial Regex Comparison();
}
