using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;

namespace Quantizer.Pipeline.Reports;

/// <summary>What the user should know of a network that fell below its floor in integers.</summary>
internal sealed class FloorFindings
{
    private const string Subject = "accuracy";

    /// <summary>A longer list is in the report.</summary>
    private const int MostNodes = 5;

    private const string KeepsIntegers = "--no-floor keeps everything in integers.",
        KeepsFourBits = "--no-floor keeps all of them in 4 bits.";

    private readonly FloorReport _floor;
    private readonly TimeSpan _time;
    private readonly TaskResult _result;

    private FloorFindings(FloorReport floor, TimeSpan time, TaskResult result) => (_floor, _time, _result) = (floor, time, result);

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
        FloorFindings findings = new(floor, time, result);
        string missed = findings.Missed(
            isOfBlocks ? "matrix products in 4 bits"
            : isOfStored ? "weights stored as integers"
            : "that gains from it in integers"
        );
        return floor.Outcome switch
        {
            FloorOutcome.PartlyFloat => [isGivenUp ? findings.MixtureGivenUp(missed) : findings.PartsGivenBack(missed, isOfBlocks)],
            FloorOutcome.Stored => [isOfBlocks ? findings.InEightBits(missed) : findings.OnlyStored(missed)],
            FloorOutcome.Float => [isOfStored ? findings.FloatInsteadOfStored(missed) : findings.InFloat(missed, isOfBlocks)],
            _ => [],
        };
    }

    /// <summary>Such a file has its weights stored and computes in float.</summary>
    private Finding MixtureGivenUp(string missed) =>
        FindingKind.StoredForTheFloor.Of(
            Subject,
            $"{missed}. With {FigureText.Count(_floor.Nodes.Count, "node")} given back to float it would keep it, and gain too little time (QZ104). So its weights are only stored as integers, which keeps {Now}, and it computes in float.{Undecided}",
            Improve
        );

    private Finding PartsGivenBack(string missed, bool isOfBlocks)
    {
        string back = isOfBlocks ? "are stored in 8 bits" : "are given back to float",
            keep = isOfBlocks ? KeepsFourBits : KeepsIntegers;
        return FindingKind.GivenBack.Of(
            Subject,
            $"{missed}. The parts with the most error for their work {back} ({FigureText.Count(_floor.Nodes.Count, "node")}: {ListText.Quoted(_floor.Nodes, MostNodes)}), and it keeps {Now}.{Undecided}",
            $"A report (--report or --json) lists every step. {keep}"
        );
    }

    private Finding InEightBits(string missed) =>
        FindingKind.StoredForTheFloor.Of(
            Subject,
            $"{missed}, and {Tried(isOfBlocks: true)}. So all weights are stored in 8 bits, which keeps {Now}.{Undecided}",
            KeepsFourBits
        );

    private Finding OnlyStored(string missed)
    {
        string except = _floor.Unstored.Count == 0 ? "" : $" (those of {FigureText.Count(_floor.Unstored.Count, "node")} excepted)";
        return FindingKind.StoredForTheFloor.Of(
            Subject,
            $"{missed}, and {Tried(isOfBlocks: false)}. So its weights are only stored as integers{except}, which keeps {Now}, and it computes in float.{Undecided}",
            Improve
        );
    }

    private Finding FloatInsteadOfStored(string missed) =>
        FindingKind.FloatForTheFloor.Of(Subject, $"{missed}. So the file holds it in float.{Undecided}", Improve);

    private Finding InFloat(string missed, bool isOfBlocks) =>
        FindingKind.FloatForTheFloor.Of(
            Subject,
            $"{missed}, and {Tried(isOfBlocks)}; integer weights alone fall below it, too. So the file holds the network in float.{Undecided}",
            Improve
        );

    /// <summary>How every finding begins.</summary>
    /// <param name="all">What was to be in integers.</param>
    private string Missed(string all) => $"With all {all} the network falls below its floor ({Shortfall})";

    private string Shortfall
    {
        get
        {
            (string name, FigureUnit unit) = (InSentence(Headline.Name), Headline.Unit);
            return _floor.Missed is { } output
                ? $"output '{output.Name}', which is not what it is judged by, keeps {FigureText.Below(FigureUnit.Decibels, output.MedianDb, MissedOutput.Floor)}, floor {TaskTable.FloorText(TaskKind.Values)}; {name} {FigureText.Of(unit, _floor.Before)}"
                : $"{name} {FigureText.Below(unit, _floor.Before, _result.Floor)}, floor {FigureText.Of(unit, _result.Floor)}";
        }
    }

    private string Tried(bool isOfBlocks) =>
        _floor.TimeIsUp ? $"no mixture of both was found within {FigureText.Duration(_time.TotalMilliseconds)}"
        : isOfBlocks ? "no mixture with 8 bits keeps it"
        : "no mixture of both keeps it and is noticeably faster than float";

    /// <summary>What the file keeps.</summary>
    private string Now =>
        FigureText.Of(Headline.Unit, Headline.Between)
        + (_result.MeetsFloor && Headline.Between < _result.Floor ? " (all samples but one)" : "");

    private string Undecided =>
        Certainty.MissingOf(_result.Kind, _floor.Before, _result.Samples) is not 0 and var missing
            ? $" {CertaintyText.Undecided(missing, _result.Samples)}"
            : "";

    private string Improve =>
        (_floor.TimeIsUp ? "--floor-seconds gives the search more time. " : "")
        + "More and more varied calibration samples may help; "
        + (_floor.Missed is null ? "" : "where nobody reads that output, it need not be one; ")
        + KeepsIntegers;

    private TaskFigure Headline => _result.Figures.Headline;

    /// <summary>"Same top class" as "same top class", and "F1", "IoU" as they are.</summary>
    private static string InSentence(string name) =>
        name.Split(' ')[0].Skip(1).All(char.IsLower) ? $"{char.ToLowerInvariant(name[0])}{name[1..]}" : name;
}
