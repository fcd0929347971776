using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Pipeline.Reports;

/// <summary>What the user should know of a network that fell below its floor in integers.</summary>
internal static class FloorFindings
{
    private const string Subject = "accuracy";

    /// <summary>A longer list is in the report.</summary>
    private const int MostNodes = 5;

    /// <param name="time">For trying.</param>
    /// <param name="isOfBlocks">Weights of 4 bits were asked for: those of 8 are what parts are given back to.</param>
    /// <param name="result">Of the file as it was written.</param>
    /// <param name="isGivenUp">A mixture that keeps the floor was given up again, because it gained too little time.</param>
    /// <param name="isOfStored">What fell below the floor was the network with its weights stored.</param>
    public static IEnumerable<Finding> Of(
        FloorReport floor,
        TimeSpan time,
        TaskResult result,
        bool isOfBlocks = false,
        bool isGivenUp = false,
        bool isOfStored = false
    )
    {
        TaskFigure headline = result.Figures.Headline;
        string shortfall = floor.Missed is { } output
            ? $"output '{output.Name}', which is not what it is judged by, keeps {FigureText.Below(FigureUnit.Decibels, output.MedianDb, MissedOutput.Floor)}, floor {TaskTable.FloorText(TaskKind.Values)}; {InSentence(headline.Name)} {FigureText.Of(headline.Unit, floor.Before)}"
            : $"{InSentence(headline.Name)} {FigureText.Below(headline.Unit, floor.Before, result.Floor)}, floor {FigureText.Of(headline.Unit, result.Floor)}";
        string missed =
            $"With all {(isOfBlocks ? "matrix products in 4 bits" : isOfStored ? "weights stored as integers" : "that gains from it in integers")} the network falls below its floor ({shortfall})";
        int missing = Certainty.MissingOf(result.Kind, floor.Before, result.Samples);
        string undecided = missing == 0 ? "" : $" {CertaintyText.Undecided(missing, result.Samples)}";
        string now =
            FigureText.Of(headline.Unit, headline.Between)
            + (result.MeetsFloor && headline.Between < result.Floor ? " (all samples but one)" : "");
        string tried =
            floor.TimeIsUp ? $"no mixture of both was found within {FigureText.Duration(time.TotalMilliseconds)}"
            : isOfBlocks ? "no mixture with 8 bits keeps it"
            : "no mixture of both keeps it and is noticeably faster than float";
        string back = isOfBlocks ? "are stored in 8 bits" : "are given back to float",
            keep = isOfBlocks ? "--no-floor keeps all of them in 4 bits." : "--no-floor keeps everything in integers.";
        string except = floor.Unstored.Count == 0 ? "" : $" (those of {FigureText.Count(floor.Unstored.Count, "node")} excepted)";
        string improve =
            (floor.TimeIsUp ? "--floor-seconds gives the search more time. " : "")
            + "More and more varied calibration samples may help; "
            + (floor.Missed is null ? "" : "where nobody reads that output, it need not be one; ")
            + "--no-floor keeps everything in integers.";
        switch (floor.Outcome)
        {
            case FloorOutcome.PartlyFloat when isGivenUp:
                yield return FindingKind.StoredForTheFloor.Of(
                    Subject,
                    $"{missed}. With {FigureText.Count(floor.Nodes.Count, "node")} given back to float it would keep it, and gain too little time (QZ104). So its weights are only stored as integers, which keeps {now}, and it computes in float.{undecided}",
                    improve
                );
                break;
            case FloorOutcome.Float when isOfStored:
                yield return FindingKind.FloatForTheFloor.Of(Subject, $"{missed}. So the file holds it in float.{undecided}", improve);
                break;
            case FloorOutcome.PartlyFloat:
                IReadOnlyList<string> nodes = floor.Nodes;
                string names = string.Join(", ", nodes.Take(MostNodes).Select(node => $"'{node}'"));
                string more = nodes.Count > MostNodes ? $" and {nodes.Count - MostNodes} more" : "";
                yield return FindingKind.GivenBack.Of(
                    Subject,
                    $"{missed}. The parts with the most error for their work {back} ({FigureText.Count(nodes.Count, "node")}: {names}{more}), and it keeps {now}.{undecided}",
                    $"A report (--report or --json) lists every step. {keep}"
                );
                break;
            case FloorOutcome.Stored:
                yield return FindingKind.StoredForTheFloor.Of(
                    Subject,
                    isOfBlocks
                        ? $"{missed}, and {tried}. So all weights are stored in 8 bits, which keeps {now}.{undecided}"
                        : $"{missed}, and {tried}. So its weights are only stored as integers{except}, which keeps {now}, and it computes in float.{undecided}",
                    isOfBlocks ? keep : improve
                );
                break;
            case FloorOutcome.Float:
                yield return FindingKind.FloatForTheFloor.Of(
                    Subject,
                    $"{missed}, and {tried}; integer weights alone fall below it, too. So the file holds the network in float.{undecided}",
                    improve
                );
                break;
        }
    }

    /// <summary>"Same top class" as "same top class", and "F1", "IoU" as they are.</summary>
    private static string InSentence(string name) =>
        name.Split(' ')[0].Skip(1).All(char.IsLower) ? $"{char.ToLowerInvariant(name[0])}{name[1..]}" : name;
}
