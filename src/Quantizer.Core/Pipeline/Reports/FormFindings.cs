using Quantizer.Findings;
using Quantizer.Pipeline.Forms;
using Quantizer.Pipeline.Plans;
using Quantizer.Placement;
using Quantizer.Placement.Contract;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using static System.FormattableString;

namespace Quantizer.Pipeline.Reports;

/// <summary>What the user should know of the form that a network has.</summary>
internal static class FormFindings
{
    /// <summary>Nodes that a message names.</summary>
    private const int ShownNodes = 5;

    /// <summary>A file that is less smaller is as large.</summary>
    private const double NoticeablySmaller = 1.05;

    private const string StaticKeepsIntegers = "--activations static keeps integers, for a processor on which they pay.";

    /// <summary>The same kernels on the same numbers differ by up to so much from one session to the next.</summary>
    public const double OneSessionFromAnother = 0.98;

    /// <summary>What the form of a network means for whoever runs it, and why it has that form.</summary>
    public static IEnumerable<Finding> OfForms(QuantizationSites sites, FormChoice? choice)
    {
        if (choice is not null)
        {
            string form = choice.Mode switch
            {
                ActivationMode.Dynamic => "Ranges taken in each run",
                ActivationMode.Mixed => "Ranges taken in each run, where layers are linear,",
                _ => "Weights that are only stored as integers",
            };
            yield return FindingKind.OtherForm.Of(
                "activations",
                Invariant(
                    $"{form} keep {choice.ChosenDb:0.0} dB at the outputs on calibration samples, fixed ranges {choice.StaticDb:0.0} dB."
                ),
                "Where ranges must be fixed whatever they cost, ask for it with --activations static."
            );
        }

        if (sites.Dynamic.Count > 0)
        {
            yield return FindingKind.RangesOfEachRun.Of(
                "activations",
                "Ranges are taken in each run, over all samples of a batch: an answer depends a little on the others in its batch.",
                "Run samples one by one, or use --activations static, where that matters."
            );
        }

        HashSet<string> fitted =
        [
            .. sites.Weights.Where(site => site.Scheme.Pairs is not null).Select(site => site.Node),
            .. sites.Dynamic.Where(site => site.Scheme.Pairs is not null).Select(site => site.Node),
        ];
        if (fitted.Count > 0)
        {
            yield return FindingKind.FittedWeights.Of(
                "weights",
                Invariant($"Weights of {fitted.Count} layer{(fitted.Count == 1 ? "" : "s")} are kept to what sums of 16 bits hold, ")
                    + "in which processors without VNNI add products two by two and cut off the rest.",
                "For a processor with VNNI quantize on one: its steps are a little finer."
            );
        }
    }

    public static IEnumerable<Finding> OfChannelScales(EqualizedRun? equalized) =>
        equalized is null
            ? []
            :
            [
                FindingKind.ChannelScales.Of(
                    "channels",
                    $"{equalized.Text} In FP32 the scaled network computes the same.",
                    "Leave weights as they are with --channel-scales off."
                ),
            ];

    /// <summary>Where weights are stored as integers and no node computes with them.</summary>
    /// <param name="blocks">How many weights are in blocks of 4 bits.</param>
    /// <param name="areBlocksAsked">Whether all that can be were to be in blocks.</param>
    public static Finding OnlyStored(SizeReport size, int blocks, bool areBlocksAsked = false) =>
        FindingKind.OnlyStored.Of(
            "placement",
            blocks > 0
                ? Invariant(
                    $"Weights are stored as integers, {blocks} of them in blocks of 4 bits: the file is {Smaller(size)}. How fast products by them are depends on the length of the inputs."
                )
                : Invariant(
                    $"Weights are stored as integers and turned back when the file is loaded: it is {Smaller(size)}, and computes as FP32 does."
                ) + (areBlocksAsked ? " None is in blocks of 4 bits: those are for matrix products of the main graph." : ""),
            ""
        );

    private static string Smaller(SizeReport size) =>
        (double)size.Fp32Bytes / size.Int8Bytes is >= NoticeablySmaller and var times ? Invariant($"{times:0.0} times smaller")
        : size.Int8Bytes > size.Fp32Bytes ? "larger"
        : "hardly smaller";

    /// <summary>Where integers were asked for and no node computes with them.</summary>
    public static IEnumerable<Finding> NotAsAsked(ActivationMode asked, IReadOnlyList<NodePlacement> nodes)
    {
        if (asked is ActivationMode.Automatic or ActivationMode.None)
            yield break;
        string example = nodes.FirstOrDefault(node => node.Form == NodeForm.Stored) is { } first
            ? $" ('{first.Node}': {first.Reason})"
            : "";
        yield return FindingKind.AskedFormNotMade.Of(
            "activations",
            $"--activations {ActivationWords.Modes.WordOf(asked)} was asked for, and no node computes so: none can, or none gains by it{example}.",
            "See the reason of each node with --verbose."
        );
    }

    /// <summary>Where weights that are turned back cost time: rows of embeddings are in every run.</summary>
    public static IEnumerable<Finding> OfStoredSpeed(LatencyReport latency)
    {
        if (latency.Speedup < OneSessionFromAnother && !FigureText.IsWithinSpread(latency.Speedup, latency.Spread))
        {
            yield return FindingKind.SlowerThanFloat.Of(
                "latency",
                Invariant(
                    $"With its weights stored as integers the network is slower than in FP32 here ({latency.Speedup:0.00}x ±{latency.Spread:0.00})."
                ),
                "Deploy the FP32 model on this processor unless its size matters."
            );
        }
    }

    /// <summary>Where integers were given up because they are not noticeably faster.</summary>
    /// <param name="speedup">That they had.</param>
    /// <param name="stored">That of the file as it is; null where that could not be measured.</param>
    /// <param name="isSettled">Whether the machine was quiet enough to tell.</param>
    /// <param name="areAllStored">False where some weights, or all, are in float: the floor is told what of them.</param>
    public static Finding NotFaster(double speedup, double? stored, bool isSettled = true, bool areAllStored = true) =>
        FindingKind.IntegersGivenUp.Of(
            "latency",
            WhyNotFaster(speedup, stored) + (areAllStored ? AndOnlyStored : ".") + Unsettled(isSettled),
            StaticKeepsIntegers
        );

    private const string AndOnlyStored = ", and only its weights are stored as integers.";

    private static string WhyNotFaster(double speedup, double? stored) =>
        speedup < OneSessionFromAnother
            ? Invariant($"In integers the network is slower than in float here ({speedup:0.00}x): so it computes in float")
        : speedup < SpeedWorth.NoticeableSpeedup
            ? Invariant(
                $"In integers the network ran {speedup:0.00}x as fast as in float here, which nobody notices: so it computes in float"
            )
        : stored >= speedup
            ? Invariant(
                $"In integers the network ran {speedup:0.00}x as fast as FP32 here, and {stored:0.00}x with all of its arithmetic in float, which is spelled better in the INT8 file: so it computes in float"
            )
        : Invariant(
            $"In integers the network ran {speedup:0.00}x as fast as in float here, which is little for what it lost (an output kept less than {OtherForm.PlentyDb:0} dB): so it computes in float"
        );

    /// <summary>A verdict of a busy machine is said to be one: it may be another one next time.</summary>
    private static string Unsettled(bool isSettled) =>
        isSettled ? "" : " The machine was too busy to time this surely: the next run measures it again.";

    /// <summary>Where some nodes are in float because they are faster so.</summary>
    public static Finding Hastened(SlowNodesReport slow, bool isSettled = true) =>
        FindingKind.SlowerNodesGivenBack.Of(
            "latency",
            Invariant(
                $"Of {slow.Nodes.Count} {(slow.Nodes.Count == 1 ? "node" : "nodes")} integers took longer than float on this processor ({ListText.Quoted(slow.Nodes, ShownNodes)}), and they compute in float: {slow.After:0.00}x instead of {slow.Before:0.00}x."
            ) + Unsettled(isSettled),
            "For another processor --slow-integers keep leaves them in integers."
        );

    /// <param name="forms">Of the nodes of a file that is quantized already, as a sentence.</param>
    public static Finding FormsOfFile(string path, string forms) => FindingKind.FormsOfFile.Of(path, forms, "");
}
