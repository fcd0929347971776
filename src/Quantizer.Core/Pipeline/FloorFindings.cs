using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Reporting;

namespace Quantizer.Pipeline;

/// <summary>What the user should know of a network that fell below its floor in integers.</summary>
internal static class FloorFindings
{
    /// <summary>A longer list is in the report.</summary>
    private const int MostNodes = 5;

    /// <param name="time">For trying.</param>
    /// <param name="result">Of the file as it was written.</param>
    public static IEnumerable<Finding> Of(FloorReport floor, TimeSpan time, TaskResult result)
    {
        TaskFigure headline = result.Figures.Headline;
        string missed =
            $"With all that gains from it in integers the network falls below its floor ({char.ToLowerInvariant(headline.Name[0])}{headline.Name[1..]} "
            + $"{FigureText.Of(headline.Unit, floor.Before)}, floor {FigureText.Of(headline.Unit, result.Floor)})";
        string now = FigureText.Of(headline.Unit, headline.Between);
        string tried = floor.TimeIsUp
            ? $"no mixture of both was found within {FigureText.Duration(time.TotalMilliseconds)}"
            : "no mixture of both keeps it and is faster than float";
        const string Improve = "More and more varied calibration samples may help; --no-floor keeps everything in integers.";
        switch (floor.Outcome)
        {
            case FloorOutcome.PartlyFloat:
                IReadOnlyList<string> nodes = floor.Nodes;
                string names = string.Join(", ", nodes.Take(MostNodes).Select(node => $"'{node}'"));
                string more = nodes.Count > MostNodes ? $" and {nodes.Count - MostNodes} more" : "";
                yield return Told(
                    FindingSeverity.Info,
                    $"{missed}. What costs most of it for its work is given back to float ({FigureText.Count(nodes.Count, "node")}: {names}{more}), and it keeps {now}.",
                    "The report lists every step. --no-floor keeps everything in integers."
                );
                break;
            case FloorOutcome.Stored:
                yield return Told(
                    FindingSeverity.Warning,
                    $"{missed}, and {tried}. So its weights are only stored as integers, which keeps {now}, and it computes in float.",
                    Improve
                );
                break;
            case FloorOutcome.Float:
                yield return Told(
                    FindingSeverity.Warning,
                    $"{missed}, and {tried}; integer weights alone fall below it, too. So the file holds the network in float.",
                    Improve
                );
                break;
        }
    }

    private static Finding Told(FindingSeverity severity, string message, string remedy) => new(severity, "accuracy", message, remedy);
}
