using System.Globalization;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>Candidates that nothing tells apart, likeliest first, and what the user is to be told of them.</summary>
internal sealed class Undecided
{
    private const int OthersNamed = 3;

    private readonly IReadOnlyList<PreparationCandidate> _ranking;
    private readonly Verdict? _verdict;
    private readonly ChoiceGround? _ground;

    /// <param name="candidates">All that were open.</param>
    /// <param name="verdict">Of a test that left the scale open; null when no test could say anything.</param>
    /// <param name="ground">What that test goes by.</param>
    public Undecided(NetworkKind kind, IReadOnlyList<PreparationCandidate> candidates, Verdict? verdict, ChoiceGround? ground)
    {
        _verdict = verdict;
        _ground = ground;
        // What a test measured is little to go by here, but more than custom: custom only orders its equals.
        IReadOnlyList<PreparationCandidate> customary = CustomaryPreparations.InOrder(
            verdict?.Contenders.Select(contender => contender.Candidate) ?? candidates,
            kind
        );
        _ranking = verdict is null ? customary : [.. customary.OrderBy(candidate => RankOf(candidate, verdict))];
    }

    /// <summary>Why the model cannot tell, as a sentence; null where that is not known.</summary>
    public string? Remark { get; init; }

    public PreparationCandidate Likeliest => _ranking[0];

    /// <summary>The likeliest, and the flags of the next ones.</summary>
    public PreparationChoice Guess =>
        PreparationChoice.Of(Likeliest, ChoiceGround.Guess, null, Account) with
        {
            OtherFlags = [.. _ranking.Skip(1).Take(OthersNamed).Select(PreparationFlags.For)],
        };

    /// <summary>Whether the wrong one would make the result worthless, and not only a little worse.</summary>
    public bool IsScaleOpen => _ranking.Any(candidate => !Verdict.AreOfOneScale(candidate, Likeliest));

    /// <summary>Why it is a guess, in a sentence.</summary>
    private string Account =>
        $"{Finding} {Likeliest.Name} is a guess: {CustomaryPreparations.ReasonFor(Likeliest)}. A wrong preparation makes a worthless "
        + $"result.";

    /// <summary>What the user must say, with the flags to say it.</summary>
    public string Question
    {
        get
        {
            string guess = $"--preset {PictureOptions.Guess}".PadRight(WidthOfFlags);
            return $"{Finding} A wrong preparation makes a worthless result, so say the right one; likeliest first:\n"
                + string.Concat(Candidates.Select(candidate => $"  {candidate}\n"))
                + $"  {guess}  goes on with the first; every accuracy figure is then marked as resting on a guess";
        }
    }

    /// <summary>Flags and what speaks for them, a line each, likeliest first.</summary>
    public IReadOnlyList<string> Candidates =>
        [
            .. _ranking.Select(candidate =>
                $"{PreparationFlags.For(candidate).PadRight(WidthOfFlags)}  {CustomaryPreparations.ReasonFor(candidate)}{Measured(candidate)}"
            ),
        ];

    private int WidthOfFlags => _ranking.Max(candidate => PreparationFlags.For(candidate).Length);

    private string Finding => Remark is null ? Measure : $"{Measure} {Remark}";

    private string Measure =>
        _verdict is null
            ? "Nothing tells how this model wants its pictures."
            : $"Nothing tells surely how this model wants its pictures: {GroundWords.MeasureOf(_ground!.Value)} does not separate the "
                + $"scales ({_verdict.Pictures} {(_verdict.Pictures == 1 ? "picture" : "pictures")}).";

    private string Measured(PreparationCandidate candidate) =>
        _verdict?.Contenders.FirstOrDefault(contender => contender.Candidate == candidate) is { Candidate: not null } measured
            ? string.Create(CultureInfo.InvariantCulture, $" (measured {measured.Score:G3})")
            : "";

    /// <summary>Contenders come best first; those on a level and equal scores share a rank.</summary>
    private static int RankOf(PreparationCandidate candidate, Verdict verdict)
    {
        if (verdict.Level.Contains(candidate))
            return 0;
        double score = verdict.Contenders.First(contender => contender.Candidate == candidate).Score;
        return verdict.Contenders.TakeWhile(contender => contender.Score != score).Count();
    }
}
