namespace Quantizer.Findings;

/// <summary>
/// Something that can be found, with the code that users look it up by: each static member is one row of the table, and
/// <c>samples/findings/CODE.md</c> explains it. A code never changes its meaning.
/// </summary>
/// <param name="Code">"QZ" and three digits: 1 speed, 2 placement and form, 3 accuracy, 4 data, 5 files, 6 limits.</param>
/// <param name="Severity">How much it matters.</param>
internal sealed record FindingKind(string Code, FindingSeverity Severity)
{
    // Filled by the rows below.
    private static readonly List<FindingKind> Rows = [];

    public static FindingKind SlowerThanFloat { get; } = Warning("QZ101");
    public static FindingKind HardlyFaster { get; } = Info("QZ102");
    public static FindingKind FasterWhenCleaned { get; } = Info("QZ103");
    public static FindingKind IntegersGivenUp { get; } = Info("QZ104");
    public static FindingKind RunsInFloat { get; } = Warning("QZ105");
    public static FindingKind RunsInIntegers { get; } = Warning("QZ106");
    public static FindingKind SlowKernel { get; } = Warning("QZ107");
    public static FindingKind DequantizedInEveryRun { get; } = Warning("QZ108");
    public static FindingKind SlowerNodesGivenBack { get; } = Info("QZ109");

    public static FindingKind NothingQuantized { get; } = Warning("QZ201");
    public static FindingKind LeftInFloat { get; } = Warning("QZ202");
    public static FindingKind OnlyStored { get; } = Info("QZ203");
    public static FindingKind OtherForm { get; } = Info("QZ204");
    public static FindingKind RangesOfEachRun { get; } = Info("QZ205");
    public static FindingKind ChannelScales { get; } = Info("QZ206");
    public static FindingKind OwnOperators { get; } = Info("QZ207");
    public static FindingKind WeightsNotANumber { get; } = Warning("QZ208");
    public static FindingKind FittedWeights { get; } = Info("QZ209");
    public static FindingKind TrainingMode { get; } = Warning("QZ210");
    public static FindingKind RandomAnswers { get; } = Warning("QZ211");
    public static FindingKind AskedFormNotMade { get; } = Warning("QZ212");
    public static FindingKind BlockedLayout { get; } = Warning("QZ213");

    public static FindingKind BelowFloor { get; } = Warning("QZ301");
    public static FindingKind NoisyOutput { get; } = Warning("QZ302");
    public static FindingKind SilentOutput { get; } = Info("QZ303");
    public static FindingKind LessOftenRight { get; } = Warning("QZ304");
    public static FindingKind NearChance { get; } = Warning("QZ305");
    public static FindingKind GivenBack { get; } = Info("QZ306");
    public static FindingKind StoredForTheFloor { get; } = Warning("QZ307");
    public static FindingKind FloatForTheFloor { get; } = Warning("QZ308");
    public static FindingKind NotJudged { get; } = Warning("QZ309");
    public static FindingKind OutputLeftOut { get; } = Info("QZ310");
    public static FindingKind NoNumbers { get; } = Warning("QZ311");
    public static FindingKind CutSums { get; } = Warning("QZ312");
    public static FindingKind OneAnswer { get; } = Warning("QZ313");

    public static FindingKind JudgedOnCalibrationData { get; } = Info("QZ401");
    public static FindingKind FewSamples { get; } = Info("QZ402");
    public static FindingKind GuessedPreparation { get; } = Warning("QZ403");
    public static FindingKind DoubtfulPreparation { get; } = Warning("QZ404");
    public static FindingKind RandomRanges { get; } = Warning("QZ405");
    public static FindingKind RandomFigures { get; } = Warning("QZ406");
    public static FindingKind IdenticalSamples { get; } = Warning("QZ411");
    public static FindingKind ConstantSamples { get; } = Warning("QZ412");
    public static FindingKind InterleavedColours { get; } = Warning("QZ413");
    public static FindingKind Padding { get; } = Warning("QZ414");
    public static FindingKind UnsettledRanges { get; } = Warning("QZ415");
    public static FindingKind MistakenPreparation { get; } = Warning("QZ416");
    public static FindingKind TurnedPictures { get; } = Info("QZ417");

    public static FindingKind QuantizedAlready { get; } = Info("QZ501");
    public static FindingKind FormsOfFile { get; } = Info("QZ502");
    public static FindingKind NotQuantized { get; } = Warning("QZ503");
    public static FindingKind IdenticalFiles { get; } = Info("QZ504");

    public static FindingKind LimitMissed { get; } = Error("QZ601");
    public static FindingKind LimitUnknown { get; } = Error("QZ602");

    /// <summary>In the order of their codes.</summary>
    public static IReadOnlyList<FindingKind> All => Rows;

    /// <summary>That it was found, and of what.</summary>
    /// <param name="subject">The node, tensor or file.</param>
    /// <param name="message">A sentence.</param>
    /// <param name="remedy">What to try; empty where there is nothing.</param>
    public Finding Of(string subject, string message, string remedy) => new(Severity, subject, message, remedy, Code);

    private static FindingKind Error(string code) => Row(code, FindingSeverity.Error);

    private static FindingKind Warning(string code) => Row(code, FindingSeverity.Warning);

    private static FindingKind Info(string code) => Row(code, FindingSeverity.Info);

    private static FindingKind Row(string code, FindingSeverity severity)
    {
        FindingKind row = new(code, severity);
        Rows.Add(row);
        return row;
    }
}
